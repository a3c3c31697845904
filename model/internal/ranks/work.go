package ranks

import (
	"cmp"
	"context"

	"github.com/targetprop/targetprop/model/internal/rows"
)

// Work is something to do for each of a number of rows, by all processes of a
// group.
type Work struct {
	Group    Group
	Rows     int
	AtATime  int                    // rows that a process takes at a time
	Data     any                    // what Visit reads, if it reads any: see rows.Fetch
	Progress func(done int)         // may be nil; done counts the rows of all processes
	Visit    func(lo, hi int) error // does rows lo to hi-1

	Known error // what an error of another process is, too, if it is that there; may be nil

	// Gather brings together what Visit made of the rows from first on: of rows
	// first+bounds[r] to first+bounds[r+1]-1 in the process of rank r. It is not
	// called in a group of one.
	Gather func(first int, bounds []int) error
}

// Do does it, AtATime rows for each process at a time. It returns the first
// error, or ctx's error if ctx is done when a chunk begins.
// It fails in all processes after the chunk in which one fails: see [Together].
func (w Work) Do(ctx context.Context) error {
	size, rank, all := w.Group.Size(), w.Group.Rank(), ctx
	if size > 1 {
		all = context.WithoutCancel(ctx) // each has a context of its own, and says when it has ended
	}
	return rows.Chunks(all, w.Rows, w.AtATime*size, w.Progress, func(first, end int) error {
		bounds := Evenly(end-first, size)
		err := All(w.Group, w.Known, func() error { return w.visit(ctx, first, end, first+bounds[rank], first+bounds[rank+1]) })
		if err != nil || size == 1 {
			return err
		}
		return w.Gather(first, bounds)
	})
}

// visit fetches the rows from first to before end, as all processes do, and visits those from lo to before hi.
func (w Work) visit(ctx context.Context, first, end, lo, hi int) error {
	if err := cmp.Or(rows.FetchRange(w.Data, first, end), ctx.Err()); err != nil || lo == hi {
		return err
	}
	return w.Visit(lo, hi)
}

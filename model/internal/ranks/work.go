package ranks

import (
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

	// Gather brings together what Visit made of the rows from first on: of rows
	// first+bounds[r] to first+bounds[r+1]-1 in the process of rank r. It is not
	// called in a group of one.
	Gather func(first int, bounds []int) error
}

// Do does it, AtATime rows for each process at a time. It returns the first
// error, or ctx's error if ctx is done when a chunk begins.
func (w Work) Do(ctx context.Context) error {
	size, rank := w.Group.Size(), w.Group.Rank()
	return rows.Chunks(ctx, w.Rows, w.AtATime*size, w.Progress, func(first, end int) error {
		if err := rows.FetchRange(w.Data, first, end); err != nil {
			return err
		}
		bounds := Evenly(end-first, size)
		if lo, hi := first+bounds[rank], first+bounds[rank+1]; lo < hi {
			if err := w.Visit(lo, hi); err != nil {
				return err
			}
		}
		if size == 1 {
			return nil
		}
		return w.Gather(first, bounds)
	})
}

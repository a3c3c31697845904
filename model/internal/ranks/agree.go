package ranks

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
)

// Agree returns an error in all processes of g if there is one in any, so that none waits for one that has gone: its own, or
// that of the first process that has one. If that is known, as errors.Is has it, or of a context that ended, so is what the
// others return.
func Agree(g Group, err, known error) error {
	size, rank := g.Size(), g.Rank()
	if size == 1 {
		return err
	}
	codes := make([]byte, size)
	codes[rank] = code(err, known)
	if gone := Gather(g, codes, Evenly(size, size)); gone != nil {
		return over{cmp.Or(err, gone)}
	}
	for r, c := range codes {
		if c != fine {
			return tell(g, r, c, err, known)
		}
	}
	return nil
}

// The codes of errors, by which the processes agree.
const (
	fine byte = iota
	failed
	failedKnown
	cancelled
	late
	left // by a panic: the process may end
)

// code is that of an error.
func code(err, known error) byte {
	switch {
	case err == nil:
		return fine
	case known != nil && errors.Is(err, known):
		return failedKnown
	case errors.Is(err, context.Canceled):
		return cancelled
	case errors.Is(err, context.DeadlineExceeded):
		return late
	case errors.As(err, new(panicked)):
		return left
	}
	return failed
}

// tell is the error of all processes when that of rank first is the first that has one, of that code: their own, or its.
func tell(g Group, first int, code byte, err, known error) error {
	text, bounds := make([]byte, 1024), make([]int, g.Size()+1)
	for r := first + 1; r < len(bounds); r++ {
		bounds[r] = len(text)
	}
	if g.Rank() == first {
		copy(text, err.Error())
	}
	if gone := Gather(g, text, bounds); gone != nil {
		return over{cmp.Or(err, gone)}
	}
	if err != nil {
		return err
	}
	e := &elsewhere{rank: first, text: string(bytes.ToValidUTF8(bytes.TrimRight(text, "\x00"), nil))}
	switch code {
	case failedKnown:
		e.known = known
	case cancelled:
		e.known = context.Canceled
	case late:
		e.known = context.DeadlineExceeded
	case left:
		return over{e}
	}
	return e
}

// elsewhere is the error of another process.
type elsewhere struct {
	rank  int
	text  string
	known error // which it is, or nil
}

func (e *elsewhere) Error() string { return fmt.Sprintf("process %d of the group: %s", e.rank, e.text) }

func (e *elsewhere) Unwrap() error { return e.known }

package ranks

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"slices"
)

// Agree returns an error in all processes of g if there is one in any, so that none waits for one that has gone: its own, or
// that of the first process that has one. If that is known, as errors.Is has it, so is what the others return.
func Agree(g Group, err, known error) error {
	size, rank := g.Size(), g.Rank()
	if size == 1 {
		return err
	}
	const (
		fine byte = iota
		failed
		failedKnown
	)
	codes := make([]byte, size)
	switch {
	case known != nil && errors.Is(err, known):
		codes[rank] = failedKnown
	case err != nil:
		codes[rank] = failed
	}
	if gone := Gather(g, codes, Evenly(size, size)); gone != nil {
		return cmp.Or(err, gone)
	}
	first := slices.IndexFunc(codes, func(c byte) bool { return c != fine })
	if first < 0 {
		return nil
	}
	text, bounds := make([]byte, 1024), make([]int, size+1)
	for r := first + 1; r <= size; r++ {
		bounds[r] = len(text)
	}
	if rank == first {
		copy(text, err.Error())
	}
	if gone := Gather(g, text, bounds); gone != nil || err != nil {
		return cmp.Or(err, gone)
	}
	e := &elsewhere{rank: first, text: string(bytes.TrimRight(text, "\x00"))}
	if codes[first] == failedKnown {
		e.known = known
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

package model

import (
	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model/internal/health"
	"github.com/targetprop/targetprop/model/internal/ranks"
)

// ErrDiverged is returned when training went wrong: a loss, or a number to save, is not
// finite or far too large, or a layer is the same for all examples.
var ErrDiverged = health.ErrDiverged

// DivergedError is an [ErrDiverged] that says which map or layer went wrong.
type DivergedError = health.DivergedError

// inferred is a minibatch of which this process of a group inferred the examples lo to
// hi-1.
type inferred struct {
	group    ranks.Group
	examples []int
	lo, hi   int
	layers   []kernels.Matrix // of those
}

// values are those of the examples of all processes, who all ask for them: they have the
// same losses.
func (m inferred) values() ([]health.Row, error) {
	own, err := health.Of(m.layers[0], m.examples[m.lo:m.hi])()
	if err != nil || m.group.Size() == 1 {
		return own, err
	}
	const facts = 3 // of a row: each is a float64 without loss
	all := make([]float64, facts*len(m.examples))
	for i, r := range own {
		copy(all[facts*(m.lo+i):], []float64{r.Square, float64(r.Bad), float64(r.Value)})
	}
	if err := ranks.Gather(m.group, all, ranks.Scaled(ranks.Evenly(len(m.examples), m.group.Size()), facts)); err != nil {
		return nil, err
	}
	rows := make([]health.Row, len(m.examples))
	for i, number := range m.examples {
		at := all[facts*i:]
		rows[i] = health.Row{Number: number, Square: at[0], Bad: int(at[1]), Value: float32(at[2])}
	}
	return rows, nil
}

// spans are those of the layers, over the examples of all processes.
func (m inferred) spans() ([]health.Span, error) {
	spans := health.Spans(m.layers)
	size := m.group.Size()
	if size == 1 {
		return spans, nil
	}
	var own []float32
	for _, s := range spans {
		own = append(append(own, s.Lo...), s.Hi...)
	}
	bounds := make([]int, size+1)
	for r := range bounds {
		bounds[r] = r * len(own)
	}
	all := make([]float32, bounds[size])
	copy(all[bounds[m.group.Rank()]:], own)
	if err := ranks.Gather(m.group, all, bounds); err != nil {
		return nil, err
	}
	for r := range size {
		of := all[bounds[r]:]
		for _, s := range spans {
			n := len(s.Lo)
			s.Join(health.Span{Lo: of[:n], Hi: of[n : 2*n]})
			of = of[2*n:]
		}
	}
	return spans, nil
}

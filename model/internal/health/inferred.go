package health

import (
	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model/internal/ranks"
)

// Inferred is a minibatch of which this process of a group inferred the examples Lo to
// Hi-1.
type Inferred struct {
	Group    ranks.Group
	Examples []int
	Lo, Hi   int
	Layers   []kernels.Matrix // of those
}

// Values are those of the examples of all processes, who all ask for them: they have the
// same losses.
func (m Inferred) Values() ([]Row, error) {
	own, err := Of(m.Layers[0], m.Examples[m.Lo:m.Hi])()
	if err != nil || m.Group.Size() == 1 {
		return own, err
	}
	const facts = 3 // of a row: each is a float64 without loss
	all := make([]float64, facts*len(m.Examples))
	for i, r := range own {
		copy(all[facts*(m.Lo+i):], []float64{r.Square, float64(r.Bad), float64(r.Value)})
	}
	if err := ranks.Gather(m.Group, all, ranks.Scaled(ranks.Evenly(len(m.Examples), m.Group.Size()), facts)); err != nil {
		return nil, err
	}
	rows := make([]Row, len(m.Examples))
	for i, number := range m.Examples {
		at := all[facts*i:]
		rows[i] = Row{Number: number, Square: at[0], Bad: int(at[1]), Value: float32(at[2])}
	}
	return rows, nil
}

// Spans are those of the layers, over the examples of all processes.
func (m Inferred) Spans() ([]Span, error) {
	spans := Spans(m.Layers)
	size := m.Group.Size()
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
	copy(all[bounds[m.Group.Rank()]:], own)
	if err := ranks.Gather(m.Group, all, bounds); err != nil {
		return nil, err
	}
	for r := range size {
		of := all[bounds[r]:]
		for _, s := range spans {
			n := len(s.Lo)
			s.Join(Span{Lo: of[:n], Hi: of[n : 2*n]})
			of = of[2*n:]
		}
	}
	return spans, nil
}

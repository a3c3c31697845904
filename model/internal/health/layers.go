package health

import (
	"fmt"
	"math"

	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model/internal/rows"
)

// Span is the least and the greatest value of each unit of a layer, over some examples.
type Span struct{ Lo, Hi []float32 }

// Spans are those of the layers. Of no examples they are what changes no other's.
func Spans(layers []kernels.Matrix) []Span {
	spans := make([]Span, len(layers))
	for l, m := range layers {
		s := Span{make([]float32, m.Cols), make([]float32, m.Cols)}
		for j := range m.Cols {
			s.Lo[j], s.Hi[j] = float32(math.Inf(1)), float32(math.Inf(-1))
		}
		for i := range m.Rows {
			s.Join(Span{m.Row(i), m.Row(i)})
		}
		spans[l] = s
	}
	return spans
}

// Join takes other examples in.
func (s Span) Join(o Span) {
	for j := range s.Lo {
		s.Lo[j], s.Hi[j] = min(s.Lo[j], o.Lo[j]), max(s.Hi[j], o.Hi[j])
	}
}

// constant tells whether every unit has the same value for all examples, as far as noise
// leaves anything to be seen.
func (s Span) constant() bool {
	const spread = 1e-4
	for j := range s.Lo {
		lo, hi := float64(s.Lo[j]), float64(s.Hi[j])
		if !(hi-lo <= spread*max(1, math.Abs(hi), math.Abs(lo))) {
			return false
		}
	}
	return true
}

// Layers fails if a layer above the data is dead: it is the same for so many examples,
// which differ. spans are those of the layers from the data up. Of fewer than two examples
// it knows nothing.
func Layers(examples int, spans []Span) error {
	if examples < 2 || spans[0].constant() {
		return nil
	}
	for l := 1; l < len(spans); l++ {
		if spans[l].constant() {
			return &DivergedError{Map: fmt.Sprintf("h%d", l), Dead: true}
		}
	}
	return nil
}

// Computed fails if what a network made of examples, or of draws, has numbers that are not finite: what
// it was made of is, and a weight may not be. Row 0 of m is the first of those that what names.
func Computed(what string, first int, m kernels.Matrix) error {
	for i := range m.Rows {
		if !rows.Finite(m.Row(i)) {
			return &NotFiniteError{fmt.Sprintf("%s %d", what, first+i)}
		}
	}
	return nil
}

package model

import (
	"errors"
	"fmt"

	"github.com/targetprop/targetprop/internal/memory"
	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model/internal/rows"
)

// States are the activities of all layers for a minibatch, one example a row.
type States struct {
	// H[l] is layer l; H[0] is x.
	H []kernels.Matrix
	// Target[l] is f_l(h[l-1]), the encoder's mean of layer l, for l = 1..M.
	// Target[0] is not used.
	Target []kernels.Matrix
	// Prediction[l] is g_l(h[l]), the decoder's mean of layer l-1, for l = 1..M.
	// Prediction[0] is not used.
	Prediction []kernels.Matrix
}

// NewStates makes states for a minibatch of b examples.
func (n *Network) NewStates(b int) *States {
	n.mustBe()
	s := &States{}
	for l, size := range n.Config.Sizes {
		s.H = append(s.H, kernels.NewMatrix(b, size))
		s.Target = append(s.Target, kernels.NewMatrix(b, size))
		below := n.Config.Sizes[max(l-1, 0)]
		s.Prediction = append(s.Prediction, kernels.NewMatrix(b, below))
	}
	return s
}

// CheckStates says what is wrong with states for the network, if anything is. [Network.NewStates]
// makes good ones.
func (n *Network) CheckStates(s *States) error {
	if n == nil {
		return errNil
	}
	if s == nil {
		return errors.New("model: the states are nil: NewStates makes them")
	}
	all := len(n.Config.Sizes)
	if len(s.H) != all || len(s.Target) != all || len(s.Prediction) != all || all == 0 {
		return fmt.Errorf("model: states of %d layers, %d targets and %d predictions for a network of %d layers: NewStates makes them", len(s.H), len(s.Target), len(s.Prediction), all)
	}
	for l, size := range n.Config.Sizes {
		if h := s.H[l]; h.Rows != s.H[0].Rows || h.Cols != size {
			return fmt.Errorf("model: states of layer %d are %d x %d: want %d x %d", l, h.Rows, h.Cols, s.H[0].Rows, size)
		}
	}
	return nil
}

// mustBeStates panics unless s are states for the network.
func (n *Network) mustBeStates(s *States) {
	if err := n.CheckStates(s); err != nil {
		panic(err.Error())
	}
}

// Slice is the view of the examples lo to hi-1.
func (s *States) Slice(lo, hi int) *States {
	if s == nil {
		panic("model: the states are nil: NewStates makes them")
	}
	return s.slice(&States{}, lo, hi)
}

// slice is Slice in dst's memory.
func (s *States) slice(dst *States, lo, hi int) *States {
	cut := func(dst, src []kernels.Matrix) []kernels.Matrix {
		dst = dst[:0]
		for _, m := range src {
			dst = append(dst, m.Slice(lo, hi))
		}
		return dst
	}
	dst.H, dst.Target, dst.Prediction = cut(dst.H, s.H), cut(dst.Target, s.Target), cut(dst.Prediction, s.Prediction)
	return dst
}

// Predict sets each layer's Target and Prediction from H as it is. They are the
// means of q(h[l]|h[l-1]) and p(h[l-1]|h[l]).
func (n *Network) Predict(e *kernels.Engine, s *States) {
	n.mustBeStates(s)
	for l := 1; l < len(s.H); l++ {
		n.Encode(e, s.Target[l], l, s.H[l-1])
		n.Decode(e, s.Prediction[l], l, s.H[l])
	}
}

// bytesOfStates is what the states of examples take that are inferred at a time, of so many.
func (n *Network) bytesOfStates(examples int) float64 {
	return memory.States(n.Config.Sizes) * float64(min(examples, rows.Inferred))
}

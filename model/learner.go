package model

import "github.com/targetprop/targetprop/kernels"

// learner is a map in training. It learns to predict layer target from layer
// input, which it sees corrupted.
type learner struct {
	*Map
	moments       kernels.Moments
	input, target int
	stream        uint16 // of the corruption

	lo, hi int // the panels that this process updates; hi is 0 if there are none

	// Of this process's share of the minibatch:
	corrupted kernels.Matrix
	ownDelta  kernels.Packed
	ownLoss   kernels.Matrix

	// Of the whole minibatch:
	columns kernels.Columns // corrupted, laid out for the gradient; a plain copy where that does not help
	delta   kernels.Packed
	loss    kernels.Matrix
}

// isEncoder tells whether the map leads up.
func (l *learner) isEncoder() bool { return l.input < l.target }

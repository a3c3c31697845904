package model

import "errors"

// Prior is the diagonal Gaussian p(h[M]).
type Prior struct {
	Mean, Std []float32
}

// ErrNoPrior is returned when a network without a prior is asked for what needs
// one.
var ErrNoPrior = errors.New("model: the network has no prior yet: train it to the end, or call EstimatePrior")

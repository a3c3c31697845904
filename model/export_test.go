package model

import "github.com/targetprop/targetprop/kernels"

// Learner is what map i, in the order of [Network.Maps], saw in the last step:
// its input, the same corrupted, and its target.
func (t *Trainer) Learner(i int) (input, corrupted, target kernels.Matrix) {
	l := &t.learners[i]
	return t.states.H[l.input], l.corrupted, t.states.H[l.target]
}

// KeepFeatures has EstimatePrior keep so many numbers.
func KeepFeatures(n int) (before int) {
	before, keptFeatures = keptFeatures, n
	return before
}

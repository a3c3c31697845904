package labelled

import (
	"context"

	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model/internal/rows"
)

// KeepStates sets how many numbers of a class EstimatePriors keeps, and returns what it was.
func KeepStates(n int) int {
	was := keptStates
	keptStates = n
	return was
}

// Learner is what learner i saw in the last step: its input, corrupted, its
// target, and which examples have a label.
func (t *Trainer) Learner(i int) (input, target, known kernels.Matrix) {
	s, top, below := t.states, t.Network.Config.Latents(), i/2
	switch {
	case i == 2*top:
		return s.Y, s.H[top], s.Known
	case i == 2*top+1:
		return t.first[top], s.Y, s.Known
	case i%2 == 0:
		return t.first[below], s.H[below+1], s.Known
	default:
		return t.noisy[below+1], s.H[below], s.Known
	}
}

// Infer is INFERENCE on images x with labels. It returns the layers and p(y|h[M]).
func (n *Network) Infer(e *kernels.Engine, x kernels.Matrix, labels []int, settings Inference) ([]kernels.Matrix, kernels.Matrix) {
	s := n.newStates(x.Rows)
	rows.Copy(s.H[0], 0, x)
	for i, label := range labels {
		s.give(i, label)
	}
	_ = n.infer(context.Background(), e, s, settings, nil)
	return s.H, s.Decoded
}

// First is the states at the start of the last step.
func (t *Trainer) First() []kernels.Matrix { return t.first }

// States are the layers, and y, after the last step.
func (t *Trainer) States() (layers []kernels.Matrix, y kernels.Matrix) { return t.states.H, t.states.Y }

package feedforward

import (
	"slices"

	"github.com/targetprop/targetprop/kernels"
)

// softmax replaces the logits z by probabilities.
func softmax(e *kernels.Engine, z []float32) {
	largest := slices.Max(z)
	for j := range z {
		z[j] -= largest
	}
	e.Exp(z, z)
	var sum float32
	for _, p := range z {
		sum += p
	}
	for j := range z {
		z[j] /= sum
	}
}

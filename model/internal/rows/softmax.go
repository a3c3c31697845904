package rows

import (
	"slices"

	"github.com/targetprop/targetprop/kernels"
)

// Softmax replaces the logits z, at least one, by probabilities.
func Softmax(e *kernels.Engine, z []float32) {
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

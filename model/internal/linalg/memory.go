package linalg

import (
	"fmt"

	"github.com/targetprop/targetprop/internal/memory"
	"github.com/targetprop/targetprop/kernels"
)

// CheckMemory fails if a network of these layers does not fit in the memory that is free, with the vectors that
// [Orthonormal] draws for as many maps at a time as there are threads.
func CheckMemory(sizes []int, down bool, e *kernels.Engine) error {
	weights, largest := memory.Weights(sizes, down)
	drawn := min(weights, float64(e.Threads())*largest)
	return memory.Check(fmt.Sprintf("model: to make a network of layers of %v units", sizes), weights+drawn)
}

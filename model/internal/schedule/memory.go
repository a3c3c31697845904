package schedule

import (
	"fmt"

	"github.com/targetprop/targetprop/internal/memory"
	"github.com/targetprop/targetprop/kernels"
)

// CheckMemory fails if the training of a network of these layers does not fit in the memory that is free, beside the
// network: what the optimiser remembers, and a minibatch, divided among so many processes.
func (s *Schedule) CheckMemory(sizes []int, down bool, o kernels.Optimizer, processes int) error {
	weights, _ := memory.Weights(sizes, down)
	return memory.Check(fmt.Sprintf("model: to train a network of layers of %v units by %d examples at a time", sizes, s.batch),
		Moments(o)*weights+memory.Example(sizes, down)*float64(s.batch)/float64(processes))
}

// Moments is how many numbers an optimiser remembers of each weight.
func Moments(o kernels.Optimizer) float64 {
	count := 0.0
	one := o.NewMoments(1)
	for _, kind := range [][]float32{one.Mean, one.Square, one.Velocity} {
		if kind != nil {
			count++
		}
	}
	return count
}

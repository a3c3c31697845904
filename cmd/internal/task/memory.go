package task

import (
	"github.com/targetprop/targetprop/cmd/internal/settings"
	"github.com/targetprop/targetprop/internal/memory"
)

// bytesOfWeight is what a weight takes in training: itself, what the optimiser remembers of
// it, the tensors of a checkpoint while it is written, and as much again that the collector
// has not taken back. 99 million weights took 6.0 GB, 21 million 1.1.
const bytesOfWeight = 66

// Memory is what the training of a network of these sizes takes, in bytes, with a map up and
// one down between two layers.
func Memory(sizes []int) float64 {
	weights := 0.0
	for l := 1; l < len(sizes); l++ {
		weights += 2 * float64(sizes[l-1]) * float64(sizes[l])
	}
	return bytesOfWeight * weights
}

// checkMemory fails if a network of these sizes can not be trained in the memory that is free.
func checkMemory(sizes []int) error {
	return memory.Check("to train a network of "+settings.Sizes(sizes), Memory(sizes))
}

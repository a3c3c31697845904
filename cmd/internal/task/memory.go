package task

import (
	"github.com/targetprop/targetprop/cmd/internal/settings"
	"github.com/targetprop/targetprop/internal/memory"
)

// bytesOfWeight is what a weight takes in training: itself, what the optimiser remembers of
// it, and the tensors of a checkpoint while it is written, of which the collector may not
// have taken back the last. 18 million weights took 1.2 GB.
const bytesOfWeight = 66

// checkMemory fails if a network of these sizes, with so many maps between two layers, can
// not be trained in the memory that is free.
func checkMemory(sizes []int, maps int) error {
	weights := 0.0
	for l := 1; l < len(sizes); l++ {
		weights += float64(maps) * float64(sizes[l-1]) * float64(sizes[l])
	}
	return memory.Check("to train a network of "+settings.Sizes(sizes), bytesOfWeight*weights)
}

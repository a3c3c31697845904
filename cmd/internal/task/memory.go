package task

import (
	"fmt"

	"github.com/targetprop/targetprop/cmd/internal/settings"
	"github.com/targetprop/targetprop/internal/memory"
)

// bytesOfWeight is what a weight takes in training: itself, what the optimiser remembers of
// it, the tensors of a checkpoint while it is written, and as much again that the collector
// has not taken back. 99 million weights took 6.0 GB, 21 million 1.1.
const bytesOfWeight = 66

// bytesOfState is what a unit takes for each example of a minibatch: states, targets, predictions, what is
// corrupted, and what maps learn by.
const bytesOfState = 60

// Memory is what the training of a network of these sizes takes, in bytes, by so many examples at a time, with a
// map up and one down between two layers.
func Memory(sizes []int, batch int) float64 {
	weights := 0.0
	for l := 1; l < len(sizes); l++ {
		below, above := sizes[l-1], sizes[l]
		weights += (memory.Rows(float64(below+1), above) + memory.Rows(float64(above+1), below)) / 4
	}
	units := 0.0
	for _, n := range sizes {
		units += memory.Rows(1, n) / 4
	}
	return bytesOfWeight*weights + bytesOfState*units*float64(batch)
}

// checkMemory fails if a network of these sizes can not be trained in the memory that is free.
func checkMemory(sizes []int, batch, examples int) error {
	batch = min(batch, examples)
	return memory.Check(fmt.Sprintf("to train a network of %s by %d examples at a time", settings.Sizes(sizes), batch), Memory(sizes, batch))
}

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

// inferred is how many of the examples are inferred at a time when the epochs are done, for priors and figures.
const inferred = 200

// shownSamples are the images in samples.png.
const shownSamples = 100

// Memory is what the training of a network of these sizes takes, in bytes, by so many of the examples at a time, with a
// map up and one down between two layers. A minibatch counts twice: the last of an epoch may be smaller, and is there
// before the collector has taken the one before. So do examples that are inferred, if there are more than at a time,
// and those at the end lie beside the samples.
func Memory(sizes []int, batch, examples int) float64 {
	weights, _ := memory.Weights(sizes, true)
	trained := memory.Example(sizes, true) * float64(2*min(batch, examples))
	shown := memory.States(sizes) * float64(min(examples+shownSamples, 2*inferred))
	return bytesOfWeight/4.0*weights + max(trained, shown)
}

// checkMemory fails if a network of these sizes can not be trained in the memory that is free.
func checkMemory(sizes []int, batch, examples int) error {
	batch = min(batch, examples)
	return memory.Check(fmt.Sprintf("to train a network of %s by %d examples at a time", settings.Sizes(sizes), batch), Memory(sizes, batch, examples))
}

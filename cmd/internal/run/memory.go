package run

import (
	"fmt"

	"github.com/targetprop/targetprop/dataset"
)

// memoryOf says what a run takes: the examples, and of a network of these sizes the
// weights of both maps of each pair, what the optimiser remembers of each, and a
// checkpoint while it is written.
func memoryOf(set dataset.Set, sizes []int) string {
	weights := 0
	for l := 1; l < len(sizes); l++ {
		weights += 2*sizes[l-1]*sizes[l] + sizes[l-1] + sizes[l]
	}
	examples := 0
	for _, part := range []dataset.Images{set.Train, set.Valid, set.Test} {
		examples += part.Len() * part.RawSize()
	}
	where := "in memory"
	if set.Train.Stored != nil {
		where = "on disk"
	}
	return fmt.Sprintf("%.3g MB of examples %s, about %.3g MB for the network and its training", float64(examples)/1e6, where, float64(weights)*4*4/1e6)
}

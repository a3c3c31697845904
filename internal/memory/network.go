package memory

// Weights is how many bytes the weights take of maps up between layers of these sizes, and of as many down if there are,
// and the largest of the maps alone.
func Weights(sizes []int, down bool) (all, largest float64) {
	for l := 1; l < len(sizes); l++ {
		below, above := sizes[l-1], sizes[l]
		maps := []float64{Rows(float64(below+1), above)}
		if down {
			maps = append(maps, Rows(float64(above+1), below))
		}
		for _, bytes := range maps {
			all, largest = all+bytes, max(largest, bytes)
		}
	}
	return all, largest
}

// States is how many bytes INFERENCE keeps of each example: the states of the layers, their targets and predictions.
func States(sizes []int) float64 {
	bytes := 0.0
	for l, n := range sizes {
		bytes += 2*Rows(1, n) + Rows(1, sizes[max(l-1, 0)])
	}
	return bytes
}

// Example is how many bytes a trainer keeps of each example of a minibatch, at least: the states of the layers, and of each
// map the input, laid out, the delta and the loss. With maps down there are also targets and predictions of the layers,
// and of each map the input as it was corrupted.
func Example(sizes []int, down bool) float64 {
	loss := Rows(1, 16) // sums of each map
	bytes := 0.0
	if down {
		bytes = States(sizes)
	}
	for l, n := range sizes {
		layer, below := Rows(1, n), Rows(1, sizes[max(l-1, 0)])
		if !down {
			bytes += layer
		}
		if l > 0 {
			bytes += below + layer + loss
		}
		if l > 0 && down {
			bytes += 2*(below+layer) + loss
		}
	}
	return bytes
}

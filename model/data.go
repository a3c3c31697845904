package model

import (
	"math/bits"
	"math/rand/v2"
)

// Data is a set of examples of Dim numbers each.
type Data interface {
	Len() int
	Dim() int
	// Read writes example i to dst, which has length Dim. Several goroutines
	// may call it at once.
	Read(i int, dst []float32)
}

// shuffle fills order with a random permutation of 0..len(order)-1 that depends
// on the seed and the epoch alone (Fisher and Yates, with Lemire's multiply-shift
// in place of a division; the bias is below 2^-40 for any data that fits memory).
func shuffle(order []int, seed uint64, epoch int) {
	rng := rand.NewPCG(seed, uint64(epoch))
	for i := range order {
		j, _ := bits.Mul64(rng.Uint64(), uint64(i+1))
		order[i] = order[j]
		order[j] = i
	}
}

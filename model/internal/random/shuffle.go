package random

import (
	"math/bits"
	"math/rand/v2"
)

// Shuffle fills order with a random permutation of 0..len(order)-1 that depends
// on the seed and the epoch alone. The algorithm is that of Fisher and Yates,
// with Lemire's multiply-shift in place of a division. The bias is below 2^-40
// for any data that fits memory.
func Shuffle(order []int, seed uint64, epoch int) {
	rng := rand.NewPCG(seed, uint64(epoch))
	for i := range order {
		j, _ := bits.Mul64(rng.Uint64(), uint64(i+1))
		order[i] = order[j]
		order[j] = i
	}
}

package random

import "math/rand/v2"

// Row is the generator of row i for one use, where [kernels.Noise] has no
// distribution that fits.
func Row(seed uint64, stream uint16, i int) *rand.Rand {
	return rand.New(rand.NewPCG(seed, uint64(stream)<<48|uint64(i)))
}

package model

import (
	"math/rand/v2"

	"github.com/targetprop/targetprop/kernels"
)

// Uniform is a rows x cols matrix of independent uniform numbers from 0 to 1:
// pictures of noise, for a chain to start from. Row i depends on the seed and on
// i, not on rows.
func Uniform(rows, cols int, seed uint64) kernels.Matrix {
	m := kernels.NewMatrix(rows, cols)
	for i := range rows {
		rng := rowRand(seed, streamUniform, i)
		row := m.Row(i)
		for j := range row {
			row[j] = rng.Float32()
		}
	}
	return m
}

// rowRand is the generator of row i for one use, where [kernels.Noise] has no
// distribution that fits.
func rowRand(seed uint64, stream uint16, i int) *rand.Rand {
	return rand.New(rand.NewPCG(seed, uint64(stream)<<48|uint64(i)))
}

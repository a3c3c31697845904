package suite

import (
	"math"
	"math/rand/v2"

	"github.com/targetprop/targetprop/kernels"
)

// source makes all operands: the same in every run.
func source() *rand.Rand { return rand.New(rand.NewPCG(1, 2)) }

// Distributions of operands.
func unit(rng *rand.Rand) float32   { return rng.Float32() }
func normal(rng *rand.Rand) float32 { return float32(rng.NormFloat64()) }

// wide covers what the activations distinguish.
func wide(rng *rand.Rand) float32 { return 4 * float32(rng.NormFloat64()) }

// positive covers the orders of magnitude of a logarithm's argument.
func positive(rng *rand.Rand) float32 { return float32(math.Exp(4 * rng.NormFloat64())) }

func floats(n int, draw func(*rand.Rand) float32) []float32 {
	rng, x := source(), make([]float32, n)
	for i := range x {
		x[i] = draw(rng)
	}
	return x
}

// aligned is floats that begin at a cache line.
func aligned(n int, draw func(*rand.Rand) float32) []float32 {
	x := kernels.NewMatrix(1, n).Data[:n]
	copy(x, floats(n, draw))
	return x
}

// matrix is one as this project lays it out.
func matrix(rows, cols int, draw func(*rand.Rand) float32) kernels.Matrix {
	m := kernels.NewMatrix(rows, cols)
	rng := source()
	for i := range rows {
		for j := range cols {
			m.Data[i*m.Stride+j] = draw(rng)
		}
	}
	return m
}

// dense is a matrix without gaps, as the peers take it.
func dense(rows, cols int, data []float32) kernels.Matrix {
	return kernels.Matrix{Rows: rows, Cols: cols, Stride: cols, Data: data}
}

// weights are those of a map with that many inputs and outputs whose sums are
// about as large as its inputs.
func weights(inputs, outputs int) kernels.Packed {
	w := kernels.NewPacked(inputs+1, outputs)
	size := float32(1 / math.Sqrt(float64(inputs)))
	w.Pack(0, matrix(inputs+1, outputs, func(rng *rand.Rand) float32 { return size * normal(rng) }))
	return w
}

// delta is a packed matrix, as AffineDelta leaves it.
func delta(rows, cols int) kernels.Packed {
	d := kernels.NewPacked(rows, cols)
	d.Pack(0, matrix(rows, cols, func(rng *rand.Rand) float32 { return 0.01 * normal(rng) }))
	return d
}

// Package operands makes what the benchmark computes with.
package operands

import (
	"math"
	"math/rand/v2"

	"github.com/targetprop/targetprop/internal/view"
	"github.com/targetprop/targetprop/kernels"
)

// source makes all operands: the same in every run.
func source() *rand.Rand { return rand.New(rand.NewPCG(1, 2)) }

// Distributions of operands.
func Unit(rng *rand.Rand) float32   { return rng.Float32() }
func Normal(rng *rand.Rand) float32 { return float32(rng.NormFloat64()) }

// Wide covers what the activations distinguish.
func Wide(rng *rand.Rand) float32 { return 4 * float32(rng.NormFloat64()) }

// Positive covers the orders of magnitude of a logarithm's argument.
func Positive(rng *rand.Rand) float32 { return float32(math.Exp(4 * rng.NormFloat64())) }

// Floats are independent draws.
func Floats(n int, draw func(*rand.Rand) float32) []float32 {
	rng, x := source(), make([]float32, n)
	for i := range x {
		x[i] = draw(rng)
	}
	return x
}

// Aligned is floats that begin at a cache line.
func Aligned(n int, draw func(*rand.Rand) float32) []float32 {
	x := kernels.NewMatrix(1, n).Data[:n]
	copy(x, Floats(n, draw))
	return x
}

// Vector is n numbers of [0, 1) that begin at a cache line.
func Vector[T view.Float](n int) []T {
	rng, x := source(), view.NewMatrix[T](1, n).Data[:n]
	for i := range x {
		x[i] = T(rng.Float32())
	}
	return x
}

// Triangle is a square matrix without gaps that hardly differs from the identity. What is
// multiplied by one of its triangles again and again, or divided, stays what it is, and no
// element is zero, over which some loops leap.
func Triangle[T view.Float](n int) []T {
	a := Vector[T](n * n)
	for i := range a {
		a[i] = 1e-6 * (a[i] - 0.5)
		if i%(n+1) == 0 {
			a[i] = 1
		}
	}
	return a
}

// Matrix is one as this project lays it out.
func Matrix(rows, cols int, draw func(*rand.Rand) float32) kernels.Matrix {
	m := kernels.NewMatrix(rows, cols)
	rng := source()
	for i := range rows {
		for j := range cols {
			m.Data[i*m.Stride+j] = draw(rng)
		}
	}
	return m
}

// Dense is a matrix without gaps, as the peers take it.
func Dense(rows, cols int, data []float32) kernels.Matrix {
	return kernels.Matrix{Rows: rows, Cols: cols, Stride: cols, Data: data}
}

// Weights are those of a map with that many inputs and outputs whose sums are
// about as large as its inputs.
func Weights(inputs, outputs int) kernels.Packed {
	w := kernels.NewPacked(inputs+1, outputs)
	size := float32(1 / math.Sqrt(float64(inputs)))
	w.Pack(0, Matrix(inputs+1, outputs, func(rng *rand.Rand) float32 { return size * Normal(rng) }))
	return w
}

// Delta is a packed matrix, as AffineDelta leaves it.
func Delta(rows, cols int) kernels.Packed {
	d := kernels.NewPacked(rows, cols)
	d.Pack(0, Matrix(rows, cols, func(rng *rand.Rand) float32 { return 0.01 * Normal(rng) }))
	return d
}

// FloatBytes are the bytes of so many floats.
func FloatBytes(n ...int) (sum float64) {
	for _, n := range n {
		sum += 4 * float64(n)
	}
	return sum
}

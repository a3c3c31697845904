package modeltest

import (
	"fmt"
	"hash/fnv"
	"iter"
	"math"

	"github.com/targetprop/targetprop/kernels"
)

// Wide is x in float64.
func Wide(x []float32) []float64 {
	var y []float64
	for _, v := range x {
		y = append(y, float64(v))
	}
	return y
}

// Near tells whether a is b within the tolerance, relative to 1 and b.
func Near(a, b, tolerance float64) bool { return math.Abs(a-b) <= tolerance*(1+math.Abs(b)) }

// FirstDifference is the first place at which the bits of a and b differ, or -1.
func FirstDifference[T float32 | float64](a, b []T) int {
	if len(a) != len(b) {
		return 0
	}
	for i := range a {
		if math.Float64bits(float64(a[i])) != math.Float64bits(float64(b[i])) {
			return i
		}
	}
	return -1
}

// Hash is a hash of the numbers' bits.
func Hash[T float32 | float64](x []T) uint64 {
	h := fnv.New64a()
	for _, v := range x {
		fmt.Fprintf(h, "%x ", v)
	}
	return h.Sum64()
}

// Slope is the derivative of f by *x, numerically.
func Slope(x *float64, f func() float64) float64 {
	const step = 1e-5
	old := *x
	*x = old + step
	high := f()
	*x = old - step
	low := f()
	*x = old
	return (high - low) / (2 * step)
}

// Rows are the rows of m.
func Rows(m kernels.Matrix) iter.Seq[[]float32] {
	return func(yield func([]float32) bool) {
		for i := range m.Rows {
			if !yield(m.Row(i)) {
				return
			}
		}
	}
}

// Matrix has the given rows.
func Matrix(rows ...[]float32) kernels.Matrix {
	m := kernels.NewMatrix(len(rows), len(rows[0]))
	for i, row := range rows {
		copy(m.Row(i), row)
	}
	return m
}

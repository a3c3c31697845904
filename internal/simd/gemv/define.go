// Package gemv multiplies a matrix by a few vectors. It reads the matrix row by row, as it
// lies.
package gemv

import (
	"math"

	"github.com/targetprop/targetprop/internal/simd/f32"
	"github.com/targetprop/targetprop/internal/view"
)

// addGeneric defines [Add].
func addGeneric[T view.Float](vectors, rows, k int, a []T, stride int, x []T, step int, y []T, next int) {
	for v := range vectors {
		for i := range rows {
			sum := y[v*next+i]
			for p, e := range a[i*stride:][:k] {
				sum = fma(e, x[p*step+v], sum)
			}
			y[v*next+i] = sum
		}
	}
}

// fma is a*b + c, rounded once.
func fma[T view.Float](a, b, c T) T {
	if view.Size[T]() == 8 {
		return T(math.FMA(float64(a), float64(b), float64(c)))
	}
	return T(f32.FMA(float32(a), float32(b), float32(c)))
}

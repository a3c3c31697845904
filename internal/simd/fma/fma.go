// Package fma is the fused multiply-add that the definitions of kernels for both types of
// elements are made of.
package fma

import (
	"math"

	"github.com/targetprop/targetprop/internal/simd/f32"
	"github.com/targetprop/targetprop/internal/view"
)

// Of is a*b + c, rounded once.
func Of[T view.Float](a, b, c T) T {
	if view.Size[T]() == 8 {
		return T(math.FMA(float64(a), float64(b), float64(c)))
	}
	return T(f32.FMA(float32(a), float32(b), float32(c)))
}

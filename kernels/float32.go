package kernels

import "github.com/targetprop/targetprop/internal/simd/f32"

// The definitions of the products are written with these.
func fma32(a, b, c float32) float32     { return f32.FMA(a, b, c) }
func fmaHard(s float64) bool            { return f32.FMAHard(s) }
func fma32Slow(a, b, c float32) float32 { return f32.FMASlow(a, b, c) }

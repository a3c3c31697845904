// Package f64 defines what the elementwise kernels compute for one float64, as fixed sequences of IEEE operations.
//
// Each operation is a single instruction, or a compare and a select, on AVX2, AVX-512 and NEON, and gives the same bits there as here
// (the sign and payload of a NaN excepted). A fused multiply-add is [math.FMA], which rounds once everywhere. The methods are those of
// package f32, with longer polynomials.
package f64

import "math"

// maximum returns a if a > b, else b: b if either is NaN or both are zeros, as MAXPD does.
func maximum(a, b float64) float64 {
	if a > b {
		return a
	}
	return b
}

// minimum returns a if a < b, else b: b if either is NaN or both are zeros, as MINPD does.
func minimum(a, b float64) float64 {
	if a < b {
		return a
	}
	return b
}

// signBit is the sign of a float64.
const signBit = 1 << 63

// abs returns x with its sign bit cleared, negAbs with it set, and copySign returns x, which must not be negative, with the sign bit
// of s.
func abs(x float64) float64    { return math.Float64frombits(math.Float64bits(x) &^ signBit) }
func negAbs(x float64) float64 { return math.Float64frombits(math.Float64bits(x) | signBit) }
func copySign(x, s float64) float64 {
	return math.Float64frombits(math.Float64bits(x) | math.Float64bits(s)&signBit)
}

// Package f32 defines what the kernels compute for one float32, as fixed sequences of IEEE operations.
//
// The operations of this file are those that the definitions are written in. Each is a single instruction, or a compare and a select,
// on AVX2, AVX-512 and NEON, and gives the same bits there as here (the sign and payload of a NaN excepted).
package f32

import "math"

// FMA returns a*b + c, rounded once.
//
// The float64 product of two float32 numbers is exact, so s below carries one rounding only, to 53 bits. Rounding it again to 24 bits
// is correct unless s is one of the [FMAHard] numbers, which [FMASlow] takes. Whether the compiler fuses the float64 product and sum
// makes no difference, because the product is exact.
//
// The call of FMASlow does not fit into the compiler's inlining budget, so this function is not inlined. Writing its lines out in a
// loop was not faster: the accumulator is then kept on the stack.
func FMA(a, b, c float32) float32 {
	s := float64(a)*float64(b) + float64(c)
	if FMAHard(s) {
		return FMASlow(a, b, c)
	}
	return float32(s)
}

// FMAHard reports whether rounding s, a sum already rounded to float64, to float32 could differ from rounding the exact sum: s lies
// half way between two normal float32 numbers (its low 29 bits are 1 followed by zeros), or is too small for a normal float32, where
// half way lies elsewhere. Zero, infinities and NaN are not hard.
func FMAHard(s float64) bool {
	u := math.Float64bits(s)
	const smallestNormal = 0x3810000000000000 // 2^-126
	return u<<35 == 1<<63 || u<<1-1 < smallestNormal<<1-1
}

// FMASlow is [FMA] for every input. It rounds the sum to odd in float64, which leaves enough bits to round correctly to float32,
// subnormal or not.
//
//go:noinline
func FMASlow(a, b, c float32) float32 {
	p := float64(float64(a) * float64(b))
	d := float64(c)
	s := p + d
	t := s - p
	e := (p - (s - t)) + (d - t) // p + d = s + e exactly; NaN if s is not finite
	u := math.Float64bits(s)
	if (e < 0 || e > 0) && u&1 == 0 { // here s is neither zero nor infinite
		if (e > 0) == (s > 0) {
			u++
		} else {
			u--
		}
	}
	return float32(math.Float64frombits(u))
}

// Max returns a if a > b, else b: b if either is NaN or both are zeros, as MAXPS does.
func Max(a, b float32) float32 {
	if a > b {
		return a
	}
	return b
}

// Min returns a if a < b, else b: b if either is NaN or both are zeros, as MINPS does.
func Min(a, b float32) float32 {
	if a < b {
		return a
	}
	return b
}

// Sqrt returns the correctly rounded square root of x. Rounding it to float64 first does no harm: 53 >= 2*24 + 2 bits.
func Sqrt(x float32) float32 { return float32(math.Sqrt(float64(x))) }

// Bits returns the bits of x, FromBits the number with bits u.
func Bits(x float32) uint32     { return math.Float32bits(x) }
func FromBits(u uint32) float32 { return math.Float32frombits(u) }

// SignBit is the sign of a float32.
const SignBit = 0x80000000

// Abs returns x with its sign bit cleared, negAbs with it set, and copySign returns x, which must not be negative, with the sign
// bit of s.
func Abs(x float32) float32    { return math.Float32frombits(math.Float32bits(x) &^ SignBit) }
func negAbs(x float32) float32 { return math.Float32frombits(math.Float32bits(x) | SignBit) }
func copySign(x, s float32) float32 {
	return math.Float32frombits(math.Float32bits(x) | math.Float32bits(s)&SignBit)
}

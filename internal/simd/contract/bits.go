package contract

import (
	"math"
	"unsafe"

	"github.com/targetprop/targetprop/internal/view"
)

// bits are the bits of x.
func bits[T view.Float](x T) uint64 {
	if view.Size[T]() == 4 {
		return uint64(math.Float32bits(float32(x)))
	}
	return math.Float64bits(float64(x))
}

// canary is a NaN that no kernel makes.
func canary[T view.Float]() T {
	if view.Size[T]() == 4 {
		x := math.Float32frombits(0x7fa5c3b1)
		return *(*T)(unsafe.Pointer(&x))
	}
	x := math.Float64frombits(0x7ff5c3b17fa5c3b1)
	return *(*T)(unsafe.Pointer(&x))
}

// SameBits compares bits; one NaN is as good as another.
func SameBits[T view.Float](a, b T) bool { return bits(a) == bits(b) || a != a && b != b }

// UlpError returns the distance of got from want in units of the last place of want, as a float32. An overflow to infinity counts as
// 2^128.
func UlpError(got float32, want float64) float64 {
	g := float64(got)
	if math.IsNaN(g) || math.IsNaN(want) {
		if math.IsNaN(g) && math.IsNaN(want) {
			return 0
		}
		return math.Inf(1)
	}
	if math.IsInf(want, 0) || math.IsInf(g, 0) {
		if math.Abs(want) >= 0x1p128 {
			want = math.Copysign(0x1p128, want)
		}
		if math.IsInf(g, 0) {
			g = math.Copysign(0x1p128, g)
		}
		if g == want {
			return 0
		}
	}
	_, exp := math.Frexp(want)
	return math.Abs(g-want) * math.Ldexp(1, 24-min(max(exp, -125), 128))
}

package f32

import "math"

// log(1 + f) = f + f^2*(logC2 + logC3*f + ... + logC10*f^8) for sqrt(1/2) <= 1 + f < sqrt(2), relative error 2^-27.8.
const (
	logC2  = -0x1.fffff8p-2
	logC3  = 0x1.55555p-2
	logC4  = -0x1.000432p-2
	logC5  = 0x1.99a41ap-3
	logC6  = -0x1.5425c4p-3
	logC7  = 0x1.226dfcp-3
	logC8  = -0x1.0f3fa6p-3
	logC9  = 0x1.0860cep-3
	logC10 = -0x1.38472ap-4

	minNormal = 0x1p-126

	// SqrtHalfBits are the bits of the float32 nearest sqrt(1/2).
	SqrtHalfBits = 0x3f3504f3
)

// Log defines the natural logarithm. x = 2^k * (1+f); subnormal numbers are scaled by 2^24 first.
// The error is below 1 ulp.
func Log(x float32) float32 {
	y, k0 := x, float32(0)
	if x < minNormal {
		y, k0 = float32(x*0x1p24), -24
	}
	i := int32(Bits(y) - SqrtHalfBits)
	k := float32(i>>23) + k0
	f := FromBits(uint32(i&0x007fffff)+SqrtHalfBits) - 1
	q := FMA(logC10, f, logC9)
	q = FMA(q, f, logC8)
	q = FMA(q, f, logC7)
	q = FMA(q, f, logC6)
	q = FMA(q, f, logC5)
	q = FMA(q, f, logC4)
	q = FMA(q, f, logC3)
	q = FMA(q, f, logC2)
	r := FMA(k, ln2Hi, FMA(float32(f*f), q, f))
	if !(x > 0) {
		r = float32(math.NaN())
	}
	if x == 0 {
		r = float32(math.Inf(-1))
	}
	if x > math.MaxFloat32 {
		r = x
	}
	return r
}

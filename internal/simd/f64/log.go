package f64

import "math"

// log(1 + f) = f + f^2*(logC2 + logC3*f + ... + logC22*f^20) for sqrt(1/2) <= 1 + f < sqrt(2), relative error 2^-57.8.
const (
	logC2  = -0x1.0000000000002p-1
	logC3  = 0x1.5555555555559p-2
	logC4  = -0x1.fffffffffeba1p-3
	logC5  = 0x1.9999999997e7p-3
	logC6  = -0x1.5555555638c1ap-3
	logC7  = 0x1.2492492640e36p-3
	logC8  = -0x1.ffffff70aa0a6p-4
	logC9  = 0x1.c71c7065bcf9fp-4
	logC10 = -0x1.9999b19ea0dc8p-4
	logC11 = 0x1.745d618972bc7p-4
	logC12 = -0x1.5553129e9f9c9p-4
	logC13 = 0x1.3b0ae519ec1ep-4
	logC14 = -0x1.24af9ad6c31f3p-4
	logC15 = 0x1.11ac05970001cp-4
	logC16 = -0x1.fedc5f287fcbp-5
	logC17 = 0x1.d5e86748db91bp-5
	logC18 = -0x1.c0acfdcffc2b7p-5
	logC19 = 0x1.e7b6579a030a1p-5
	logC20 = -0x1.fbc4665b5c121p-5
	logC21 = 0x1.5d59426b5c49cp-5
	logC22 = -0x1.9ea4051cba5e3p-7

	minNormal = 0x1p-1022

	sqrtHalfBits = 0x3fe6a09e667f3bcd // the bits of the float64 nearest sqrt(1/2)
	fraction     = 1<<52 - 1          // the bits of a float64 below its exponent
)

// Log defines the natural logarithm. x = 2^k * (1+f); subnormal numbers are scaled by 2^54 first.
// The error is below 0.95 ulp.
//
// Two shorter chains, of the even and of the odd powers of f, were an eighth faster, but their sum cancels: the error was 1.08 ulp.
func Log(x float64) float64 {
	y, k0 := x, 0.
	if x < minNormal {
		y, k0 = float64(x*0x1p54), -54
	}
	i := int64(math.Float64bits(y) - sqrtHalfBits)
	k := float64(i>>52) + k0
	f := math.Float64frombits(uint64(i&fraction)+sqrtHalfBits) - 1
	q := math.FMA(logC22, f, logC21)
	q = math.FMA(q, f, logC20)
	q = math.FMA(q, f, logC19)
	q = math.FMA(q, f, logC18)
	q = math.FMA(q, f, logC17)
	q = math.FMA(q, f, logC16)
	q = math.FMA(q, f, logC15)
	q = math.FMA(q, f, logC14)
	q = math.FMA(q, f, logC13)
	q = math.FMA(q, f, logC12)
	q = math.FMA(q, f, logC11)
	q = math.FMA(q, f, logC10)
	q = math.FMA(q, f, logC9)
	q = math.FMA(q, f, logC8)
	q = math.FMA(q, f, logC7)
	q = math.FMA(q, f, logC6)
	q = math.FMA(q, f, logC5)
	q = math.FMA(q, f, logC4)
	q = math.FMA(q, f, logC3)
	q = math.FMA(q, f, logC2)
	w := math.FMA(float64(f*f), q, float64(k*ln2Lo))
	r := math.FMA(k, ln2Hi, f+w)
	if !(x > 0) {
		r = math.NaN()
	}
	if x == 0 {
		r = math.Inf(-1)
	}
	if x > math.MaxFloat64 {
		r = x
	}
	return r
}

package f64

import "math"

// Constants of the exponential functions. x = n*ln2 + r with n whole and |r| <= ln2/2; then e^x = 2^n * e^r.
const (
	log2e   = 0x1.71547652b82fep+0  // 1/ln2
	ln2Hi   = 0x1.62e42fefa39efp-1  // ln2 rounded to float64; n*ln2Hi is subtracted exactly by a fused multiply-add
	ln2Lo   = 0x1.abc9e3b39803fp-56 // ln2 - ln2Hi
	expMax  = 710                   // e^710 overflows
	expMin  = -746                  // e^-746 rounds to 0
	expC2   = 0x1.000000000000ap-1  // e^r = 1 + r + r^2*(expC2 + ... + expC11*r^9), relative error 2^-57.9
	expC3   = 0x1.55555555554fap-3
	expC4   = 0x1.555555555088bp-5
	expC5   = 0x1.1111111127b78p-7
	expC6   = 0x1.6c16c18426902p-10
	expC7   = 0x1.a01a012a73874p-13
	expC8   = 0x1.a0199a167f56bp-16
	expC9   = 0x1.71df2527a3803p-19
	expC10  = 0x1.28ad690267231p-22
	expC11  = 0x1.ad7f94922ade5p-26
	two52x3 = 0x1.8p+52 // adding 1.5*2^52 rounds a small number to a whole one, which then stands in the low bits

	expMagic = two52x3 + 2*1023 // low bits: n + 2046
	// Where x is not positive, 2^(n+negScale) is a normal number for all n, and so is its product with e^r.
	negScale    = 56
	negExpMagic = two52x3 + 1023 + negScale // low bits: n + negScale + 1023, the exponent field of 2^(n+negScale)
)

// Exp defines the exponential function. The error is below 0.95 ulp, subnormal results included.
//
// The result is scaled by 2^n in two exact halves and one rounding, so that it overflows and underflows gradually where it should.
func Exp(x float64) float64 {
	x = minimum(expMax, maximum(expMin, x)) // keeps NaN
	t := math.FMA(x, log2e, expMagic)
	n := t - expMagic
	p := expPoly(x, n)
	u := math.Float64bits(t)
	h := u >> 1 // exponent fields of the halves of 2^n: floor and ceiling of n/2 + 1023; the shifts by 52 drop the higher bits
	return float64(float64(p*math.Float64frombits(h<<52)) * math.Float64frombits((u-h)<<52))
}

// expNegAbs defines e^-|x|, on which softplus, sigmoid and tanh are built. It is cheaper than Exp, as it cannot overflow.
// The error is below 0.95 ulp.
func expNegAbs(x float64) float64 {
	x = maximum(expMin, negAbs(x)) // keeps NaN
	t := math.FMA(x, log2e, negExpMagic)
	n := t - negExpMagic
	p := expPoly(x, n)
	return float64(float64(p*math.Float64frombits(math.Float64bits(t)<<52)) * (1. / (1 << negScale)))
}

// expPoly returns e^r for r = x - n*ln2.
func expPoly(x, n float64) float64 {
	r := math.FMA(n, -ln2Hi, x)
	r = math.FMA(n, -ln2Lo, r)
	p := math.FMA(expC11, r, expC10)
	p = math.FMA(p, r, expC9)
	p = math.FMA(p, r, expC8)
	p = math.FMA(p, r, expC7)
	p = math.FMA(p, r, expC6)
	p = math.FMA(p, r, expC5)
	p = math.FMA(p, r, expC4)
	p = math.FMA(p, r, expC3)
	p = math.FMA(p, r, expC2)
	p = math.FMA(p, r, 1)
	return math.FMA(p, r, 1)
}

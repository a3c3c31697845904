package f32

// log(1 + e) = e + e^2*(log1pC2 + log1pC3*e + ... + log1pC10*e^8) for e in [0, 1], relative error 2^-27.5.
const (
	log1pC2  = -0x1.ffffd2p-2
	log1pC3  = 0x1.554ddap-2
	log1pC4  = -0x1.ff2556p-3
	log1pC5  = 0x1.935568p-3
	log1pC6  = -0x1.3a6736p-3
	log1pC7  = 0x1.b53c48p-4
	log1pC8  = -0x1.d7efa8p-5
	log1pC9  = 0x1.4a9226p-6
	log1pC10 = -0x1.b22adep-9
)

// Softplus defines softplus, log(1 + e^x). The error is below 1.9 ulp.
func Softplus(x float32) float32 { return SoftplusFromExp(x, ExpNegAbs(x)) }

// SoftplusFromExp returns softplus of x, given e = ExpNegAbs(x): max(x, 0) + log(1 + e).
func SoftplusFromExp(x, e float32) float32 {
	q := FMA(log1pC10, e, log1pC9)
	q = FMA(q, e, log1pC8)
	q = FMA(q, e, log1pC7)
	q = FMA(q, e, log1pC6)
	q = FMA(q, e, log1pC5)
	q = FMA(q, e, log1pC4)
	q = FMA(q, e, log1pC3)
	q = FMA(q, e, log1pC2)
	return Max(0, x) + FMA(float32(e*e), q, e)
}

// SlopeSeam is below ln2/2, up to which the exponent of e^-h is 0.
const SlopeSeam = 0.34

// SoftplusSlope defines the slope of softplus from its value h: 1 - e^-|h|. Where h is small the difference would cancel, and the
// result is -r*p of e^r = 1 + r*p. The error is below 2.1 ulp.
func SoftplusSlope(h float32) float32 {
	x := Max(expMin, negAbs(h)) // keeps NaN
	t := FMA(x, log2e, negExpMagic)
	n := t - negExpMagic
	p, r := expQuotient(x, n)
	e := float32(float32(FMA(p, r, 1)*FromBits(Bits(t)<<23)) * 0x1p-24)
	if x > -SlopeSeam {
		return FMA(-p, r, 0)
	}
	return 1 - e
}

package f32

// Constants of the exponential functions. x = n*ln2 + r with n whole and |r| <= ln2/2; then e^x = 2^n * e^r.
const (
	log2e   = 0x1.715476p+0  // 1/ln2
	ln2Hi   = 0x1.62e43p-1   // ln2 rounded to float32; n*ln2Hi is subtracted exactly by a fused multiply-add
	ln2Lo   = -0x1.05c61p-29 // ln2 - ln2Hi
	expMax  = 89             // e^89 overflows
	expMin  = -104           // e^-104 rounds to 0
	expC2   = 0x1.fffffap-2  // e^r = 1 + r + r^2*(expC2 + ... + expC6*r^4), relative error 2^-28.2
	expC3   = 0x1.555492p-3
	expC4   = 0x1.555a28p-5
	expC5   = 0x1.12398ep-7
	expC6   = 0x1.694ac4p-10
	two23x3 = 0x1.8p+23 // adding 1.5*2^23 rounds a small number to a whole one, which then stands in the low bits

	expMagic    = two23x3 + 2*127    // low bits: n + 254
	negExpMagic = two23x3 + 127 + 24 // low bits: n + 24 + 127, the exponent field of 2^(n+24)
)

// Exp defines the exponential function. The error is below 0.9 ulp, subnormal results included.
//
// The result is scaled by 2^n in two exact halves and one rounding, so that it overflows and underflows gradually where it should.
func Exp(x float32) float32 {
	x = Min(expMax, Max(expMin, x)) // keeps NaN
	t := FMA(x, log2e, expMagic)
	n := t - expMagic
	p := expPoly(x, n)
	u := Bits(t)
	h := u >> 1 // exponent fields of the halves of 2^n: floor and ceiling of n/2 + 127; the shifts by 23 drop the higher bits
	return float32(float32(p*FromBits(h<<23)) * FromBits((u-h)<<23))
}

// ExpNegAbs defines e^-|x|, on which softplus, sigmoid and tanh are built. It is cheaper than Exp, as it cannot overflow: 2^(n+24)
// is always a normal number. The error is below 0.9 ulp.
func ExpNegAbs(x float32) float32 {
	x = Max(expMin, negAbs(x)) // keeps NaN
	t := FMA(x, log2e, negExpMagic)
	n := t - negExpMagic
	p := expPoly(x, n)
	return float32(float32(p*FromBits(Bits(t)<<23)) * 0x1p-24)
}

// expPoly returns e^r for r = x - n*ln2.
func expPoly(x, n float32) float32 {
	p, r := expQuotient(x, n)
	return FMA(p, r, 1)
}

// expQuotient returns r = x - n*ln2 and p = (e^r - 1)/r.
func expQuotient(x, n float32) (p, r float32) {
	r = FMA(n, -ln2Hi, x)
	r = FMA(n, -ln2Lo, r)
	p = FMA(expC6, r, expC5)
	p = FMA(p, r, expC4)
	p = FMA(p, r, expC3)
	p = FMA(p, r, expC2)
	return FMA(p, r, 1), r
}

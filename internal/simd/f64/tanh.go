package f64

import "math"

// tanh x = x + x^3*(tanhC3 + tanhC5*x^2 + ... + tanhC23*x^20) for |x| < TanhSeam, relative error 2^-56.4.
const (
	TanhSeam = 0.625
	tanhC3   = -0x1.55555555554ffp-2
	tanhC5   = 0x1.111111110acccp-3
	tanhC7   = -0x1.ba1ba1b5063b7p-5
	tanhC9   = 0x1.664f477ad875dp-6
	tanhC11  = -0x1.226e162bc564ap-7
	tanhC13  = 0x1.d6cf2809826aap-9
	tanhC15  = -0x1.7d68a301a1346p-10
	tanhC17  = 0x1.336611dbff378p-11
	tanhC19  = -0x1.df55722fd3401p-13
	tanhC21  = 0x1.4391119f8d757p-14
	tanhC23  = -0x1.0da70acc4083fp-16
)

// Tanh defines the hyperbolic tangent: the polynomial above where |x| is small, else 1 - 2e/(1+e) with e = e^-2|x|.
// The error is below 1.5 ulp.
func Tanh(x float64) float64 {
	a := abs(x)
	e := expNegAbs(a + a)
	y := math.FMA(e/(1+e), -2, 1)
	s := float64(a * a)
	q := math.FMA(tanhC23, s, tanhC21)
	q = math.FMA(q, s, tanhC19)
	q = math.FMA(q, s, tanhC17)
	q = math.FMA(q, s, tanhC15)
	q = math.FMA(q, s, tanhC13)
	q = math.FMA(q, s, tanhC11)
	q = math.FMA(q, s, tanhC9)
	q = math.FMA(q, s, tanhC7)
	q = math.FMA(q, s, tanhC5)
	q = math.FMA(q, s, tanhC3)
	small := math.FMA(float64(s*a), q, a)
	if a < TanhSeam {
		y = small
	}
	return copySign(y, x)
}

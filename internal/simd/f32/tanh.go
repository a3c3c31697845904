package f32

// tanh x = x + x^3*(tanhC3 + tanhC5*x^2 + ... + tanhC11*x^8) for |x| < TanhSeam, relative error 2^-27.7.
const (
	TanhSeam = 0.625
	tanhC3   = -0x1.555532p-2
	tanhC5   = 0x1.110704p-3
	tanhC7   = -0x1.b838ap-5
	tanhC9   = 0x1.5211c4p-6
	tanhC11  = -0x1.758facp-8
)

// Tanh defines the hyperbolic tangent: the polynomial above where |x| is small, else 1 - 2e/(1+e) with e = e^-2|x|.
// The error is below 1.5 ulp.
func Tanh(x float32) float32 {
	a := Abs(x)
	e := ExpNegAbs(a + a)
	y := FMA(e/(1+e), -2, 1)
	s := float32(a * a)
	p := FMA(tanhC11, s, tanhC9)
	p = FMA(p, s, tanhC7)
	p = FMA(p, s, tanhC5)
	p = FMA(p, s, tanhC3)
	small := FMA(float32(s*a), p, a)
	if a < TanhSeam {
		y = small
	}
	return copySign(y, x)
}

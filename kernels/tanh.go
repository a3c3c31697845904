package kernels

// tanh x = x + x^3*(tanhC3 + tanhC5*x^2 + ... + tanhC11*x^8) for |x| < tanhSmall, relative error 2^-27.7.
const (
	tanhSmall = 0.625
	tanhC3    = -0x1.555532p-2
	tanhC5    = 0x1.110704p-3
	tanhC7    = -0x1.b838ap-5
	tanhC9    = 0x1.5211c4p-6
	tanhC11   = -0x1.758facp-8
)

// tanh32 defines the hyperbolic tangent: the polynomial above where |x| is small, else 1 - 2e/(1+e) with e = e^-2|x|.
// The error is below 1.5 ulp.
func tanh32(x float32) float32 {
	a := abs32(x)
	e := expNegAbs32(a + a)
	y := fma32(e/(1+e), -2, 1)
	s := float32(a * a)
	p := fma32(tanhC11, s, tanhC9)
	p = fma32(p, s, tanhC7)
	p = fma32(p, s, tanhC5)
	p = fma32(p, s, tanhC3)
	small := fma32(float32(s*a), p, a)
	if a < tanhSmall {
		y = small
	}
	return copySign32(y, x)
}

package f32

// Sigmoid defines the logistic function 1/(1 + e^-x). The error is below 1.7 ulp.
func Sigmoid(x float32) float32 { return SigmoidFromExp(x, ExpNegAbs(x)) }

// SigmoidFromExp returns the logistic function of x, given e = ExpNegAbs(x). It is also the slope of softplus.
//
// With q = e/(1+e) the result is 1 - q for x >= 0 and e - q*e for x < 0. The plain quotient would be one operation shorter, but where e
// is small the rounding of 1 + e would cost it one more ulp.
func SigmoidFromExp(x, e float32) float32 {
	q := e / (1 + e)
	m := e
	if x >= 0 {
		m = 1
	}
	return FMA(-q, m, m)
}

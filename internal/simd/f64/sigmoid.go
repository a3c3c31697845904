package f64

import "math"

// Sigmoid defines the logistic function 1/(1 + e^-x). The error is below 1.7 ulp.
//
// With e = e^-|x| and q = e/(1+e) the result is 1 - q for x >= 0 and e - q*e for x < 0, as in package f32.
func Sigmoid(x float64) float64 {
	e := expNegAbs(x)
	q := e / (1 + e)
	m := e
	if x >= 0 {
		m = 1
	}
	return math.FMA(-q, m, m)
}

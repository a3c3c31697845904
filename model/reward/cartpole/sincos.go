package cartpole

// sinCos is sine and cosine of an angle of at most 0.25 rad, as Taylor series up to x^13
// and x^14: the rest is below 2^-67. Package math has them in assembly on some
// architectures, whose last bits may differ. An episode goes on up to 0.21 rad only.
func sinCos(x float64) (sin, cos float64) {
	square := float64(x * x)
	sin, cos = 1, 1
	for k := 13.0; k > 1; k -= 2 {
		sin = 1 - float64(square*sin)/float64(k*(k-1))
		cos = 1 - float64(square*cos)/float64((k+1)*k)
	}
	return float64(x * sin), 1 - float64(square*cos)/2
}

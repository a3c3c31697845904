package linalg

// Dot is the dot product of a and b in float64, summed in their order. Each
// product is exact, and the conversion keeps compilers from fusing it with the
// sum, so that all architectures agree.
func Dot(a, b []float32) float64 {
	var sum float64
	for i, x := range a {
		sum += float64(float64(x) * float64(b[i]))
	}
	return sum
}

package density

// Conditional is the log density of x under a Gaussian of unit variance: minus
// half the squared distance to the mean.
func Conditional(x, mean []float32) float64 {
	var square float64
	for j, v := range x {
		d := float64(v) - float64(mean[j])
		square += float64(d * d)
	}
	return -square / 2
}

package paper

// counting is 0, 1, 2, ..., n-1.
func counting(n int) []float64 {
	x := make([]float64, n)
	for i := range x {
		x[i] = float64(i)
	}
	return x
}

package labels

// counting is first, first+1, ..., of n numbers.
func counting(first, n int) []float64 {
	x := make([]float64, n)
	for i := range x {
		x[i] = float64(first + i)
	}
	return x
}

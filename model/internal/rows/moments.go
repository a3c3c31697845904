package rows

import (
	"math"

	"github.com/targetprop/targetprop/kernels"
)

// Moments are the mean and the standard deviation of each column, over the rows.
func Moments(m kernels.Matrix) (mean, std []float32) {
	means, squares := make([]float64, m.Cols), make([]float64, m.Cols)
	for i := range m.Rows {
		for j, x := range m.Row(i) {
			means[j] += float64(x)
		}
	}
	for j := range means {
		means[j] /= float64(m.Rows)
	}
	for i := range m.Rows {
		for j, x := range m.Row(i) {
			d := float64(x) - means[j]
			squares[j] += float64(d * d)
		}
	}
	mean, std = make([]float32, m.Cols), make([]float32, m.Cols)
	for j := range means {
		mean[j] = float32(means[j])
		std[j] = float32(math.Sqrt(squares[j] / float64(m.Rows)))
	}
	return mean, std
}

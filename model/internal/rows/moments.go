package rows

import (
	"math"

	"github.com/targetprop/targetprop/kernels"
)

// Moments are the mean and the standard deviation of each column, over the rows.
func Moments(m kernels.Matrix) (mean, std []float32) {
	mean, std, _ = MomentsOf(m.Rows, m.Cols, func(visit func(block kernels.Matrix)) error {
		visit(m)
		return nil
	})
	return mean, std
}

// MomentsOf is Moments of a matrix that need not be in memory. It calls pass twice, which
// visits blocks of rows, in their order and all of them.
func MomentsOf(count, cols int, pass func(visit func(block kernels.Matrix)) error) (mean, std []float32, err error) {
	means, squares := make([]float64, cols), make([]float64, cols)
	if err := pass(func(m kernels.Matrix) {
		for i := range m.Rows {
			for j, x := range m.Row(i) {
				means[j] += float64(x)
			}
		}
	}); err != nil {
		return nil, nil, err
	}
	for j := range means {
		means[j] /= float64(count)
	}
	if err := pass(func(m kernels.Matrix) {
		for i := range m.Rows {
			for j, x := range m.Row(i) {
				d := float64(x) - means[j]
				squares[j] += float64(d * d)
			}
		}
	}); err != nil {
		return nil, nil, err
	}
	mean, std = make([]float32, cols), make([]float32, cols)
	for j := range means {
		mean[j] = float32(means[j])
		std[j] = float32(math.Sqrt(squares[j] / float64(count)))
	}
	return mean, std, nil
}

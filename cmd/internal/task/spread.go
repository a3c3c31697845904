package task

import (
	"math"

	"github.com/targetprop/targetprop/dataset"
	"github.com/targetprop/targetprop/kernels"
)

// between is the root of the mean variance of the columns.
func between(m kernels.Matrix) float64 {
	sum := 0.0
	for _, d := range deviations(m) {
		sum += float64(d * d)
	}
	return math.Sqrt(sum / float64(max(m.Cols, 1)))
}

// deviations are the standard deviations of the columns.
func deviations(m kernels.Matrix) []float64 {
	sums, all := make([]float64, m.Cols), make([]float64, m.Cols)
	n := float64(max(m.Rows, 1))
	for i := range m.Rows {
		for j, x := range m.Row(i) {
			sums[j] += float64(x)
		}
	}
	for i := range m.Rows {
		for j, x := range m.Row(i) {
			d := float64(x) - sums[j]/n
			all[j] += float64(d * d)
		}
	}
	for j := range all {
		all[j] = math.Sqrt(all[j] / n)
	}
	return all
}

// spreadOf is between of up to 1,000 images.
func spreadOf(images dataset.Images) float64 {
	if images.Len() == 0 { // a process of a group has a part
		return 0
	}
	m := kernels.NewMatrix(min(images.Len(), 1000), images.Dim())
	for i := range m.Rows {
		images.Read(int(int64(i)*int64(images.Len())/int64(m.Rows)), m.Row(i))
	}
	return between(m)
}

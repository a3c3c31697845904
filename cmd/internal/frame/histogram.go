package frame

import (
	"math"

	"github.com/targetprop/targetprop/kernels"
)

// Histogram is how the states of a layer are spread, over units and images.
type Histogram struct {
	Layer  int     `json:"layer"`
	Low    float64 `json:"low"`
	High   float64 `json:"high"`
	Counts []int   `json:"counts"` // between Low and High, evenly spaced
	Mean   float64 `json:"mean"`
	// Dead is the number of units whose state is the same for all images, to a
	// thousandth.
	Dead  int `json:"dead"`
	Units int `json:"units"`
}

const bins = 40

func newHistogram(layer int, h kernels.Matrix) Histogram {
	hist := Histogram{Layer: layer, Counts: make([]int, bins), Units: h.Cols}
	low, high := h.Row(0)[0], h.Row(0)[0]
	each := func(visit func(v float32)) {
		for i := range h.Rows {
			for _, v := range h.Row(i) {
				if v-v == 0 {
					visit(v)
				}
			}
		}
	}
	each(func(v float32) { low, high = min(low, v), max(high, v) })
	if !(high > low) { // nothing finite, or all the same
		return hist
	}
	hist.Low, hist.High = float64(low), float64(high)
	scale := bins / (hist.High - hist.Low)
	total := 0
	each(func(v float32) {
		hist.Counts[min(int((float64(v)-hist.Low)*scale), bins-1)]++
		hist.Mean += float64(v)
		total++
	})
	hist.Mean /= float64(total)
	for j := range h.Cols {
		least, most := h.Row(0)[j], h.Row(0)[j]
		for i := range h.Rows {
			v := h.Row(i)[j]
			least, most = min(least, v), max(most, v)
		}
		if most-least < 1e-3 {
			hist.Dead++
		}
	}
	return hist
}

// moments are the mean and the standard deviation of each column.
func moments(m kernels.Matrix) (mean, std []float32) {
	mean, std = make([]float32, m.Cols), make([]float32, m.Cols)
	for j := range m.Cols {
		var sum, square float64
		for i := range m.Rows {
			sum += float64(m.Row(i)[j])
		}
		sum /= float64(m.Rows)
		for i := range m.Rows {
			d := float64(m.Row(i)[j]) - sum
			square += float64(d * d)
		}
		mean[j], std[j] = float32(sum), float32(math.Sqrt(square/float64(m.Rows)))
	}
	return mean, std
}

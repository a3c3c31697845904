package training

import (
	"github.com/targetprop/targetprop/dataset"
	"github.com/targetprop/targetprop/model"
)

// digits are images as training data.
type digits struct{ dataset.Images }

func (d digits) Read(i int, dst []float32) {
	for j, p := range d.Row(i) {
		dst[j] = float32(p) / 255
	}
}

// batches are whole minibatches of the data, in order.
func batches(data model.Data, size int) [][]float32 {
	var all [][]float32
	for first := 0; first+size <= data.Len(); first += size {
		x := make([]float32, size*data.Dim())
		for i := range size {
			data.Read(first+i, x[i*data.Dim():][:data.Dim()])
		}
		all = append(all, x)
	}
	return all
}

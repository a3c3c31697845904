package tensors

import (
	"github.com/targetprop/targetprop/internal/safetensors"
	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model/internal/rows"
)

// moment is one of the arrays that an optimiser remembers, in the order of the
// weights: those of the bias are in row 0.
type moment struct {
	name string
	kernels.Packed
}

// used are the moments of the map with weights w that its optimiser uses.
func used(w kernels.Packed, m kernels.Moments) []moment {
	var all []moment
	for _, a := range []struct {
		name string
		data []float32
	}{{"mean", m.Mean}, {"square", m.Square}, {"velocity", m.Velocity}} {
		if a.data != nil {
			all = append(all, moment{a.name, kernels.Packed{Rows: w.Rows, Cols: w.Cols, Data: a.data}})
		}
	}
	return all
}

// AddMoments appends what the optimiser remembers of the map name with weights w.
func AddMoments(f *safetensors.File, name string, w kernels.Packed, m kernels.Moments) {
	for _, a := range used(w, m) {
		data := make([]float32, a.Rows*a.Cols)
		a.Unpack(0, rows.Of(a.Rows, a.Cols, data))
		f.Tensors = append(f.Tensors, safetensors.Tensor{Name: name + "." + a.name, Shape: []int{a.Rows, a.Cols}, Data: data})
	}
}

// ReadMoments fills m with what [AddMoments] appended.
func ReadMoments(f safetensors.File, name string, w kernels.Packed, m kernels.Moments) error {
	for _, a := range used(w, m) {
		data, err := Finite(f, name+"."+a.name, a.Rows, a.Cols)
		if err != nil {
			return err
		}
		a.Pack(0, rows.Of(a.Rows, a.Cols, data))
	}
	return nil
}

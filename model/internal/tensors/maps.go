package tensors

import (
	"fmt"

	"github.com/targetprop/targetprop/internal/safetensors"
	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model/internal/rows"
)

// MapName is the name of a network's map in the order f_1, g_1, f_2, g_2, ...
func MapName(i int) string {
	side := "encoder"
	if i%2 == 1 {
		side = "decoder"
	}
	return fmt.Sprintf("%s.%d", side, i/2+1)
}

// AddMap appends the weights of a map, inputs x outputs, and its bias, which is
// row 0 of w.
func AddMap(f *safetensors.File, name string, w kernels.Packed) {
	inputs, outputs := w.Rows-1, w.Cols
	bias, weight := make([]float32, outputs), make([]float32, inputs*outputs)
	w.Unpack(0, rows.Of(1, outputs, bias))
	w.Unpack(1, rows.Of(inputs, outputs, weight))
	f.Tensors = append(f.Tensors,
		safetensors.Tensor{Name: name + ".weight", Shape: []int{inputs, outputs}, Data: weight},
		safetensors.Tensor{Name: name + ".bias", Shape: []int{outputs}, Data: bias})
}

// Map reads what [AddMap] appended. It makes the packed weights only when the
// file is known to hold them: a damaged configuration may claim any size.
func Map(f safetensors.File, name string, inputs, outputs int) (kernels.Packed, error) {
	weight, err := Finite(f, name+".weight", inputs, outputs)
	if err != nil {
		return kernels.Packed{}, err
	}
	bias, err := Finite(f, name+".bias", outputs)
	if err != nil {
		return kernels.Packed{}, err
	}
	w := kernels.NewPacked(inputs+1, outputs)
	w.Pack(0, rows.Of(1, outputs, bias))
	w.Pack(1, rows.Of(inputs, outputs, weight))
	return w, nil
}

// Maps reads the maps of a network whose layers have the given sizes, in the
// order of [MapName].
func Maps(f safetensors.File, sizes []int) ([]kernels.Packed, error) {
	var all []kernels.Packed
	for i := range 2 * (len(sizes) - 1) {
		inputs, outputs := sizes[i/2], sizes[i/2+1]
		if i%2 == 1 {
			inputs, outputs = outputs, inputs
		}
		w, err := Map(f, MapName(i), inputs, outputs)
		if err != nil {
			return nil, err
		}
		all = append(all, w)
	}
	return all, nil
}

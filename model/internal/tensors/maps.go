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

// AddMap adds the parameters w of a map, whose row 0 is the bias, as name.weight
// (inputs x outputs) and name.bias.
func AddMap(stored *safetensors.File, name string, w kernels.Packed) {
	inputs, outputs := w.Rows-1, w.Cols
	bias, weight := make([]float32, outputs), make([]float32, inputs*outputs)
	w.Unpack(0, rows.Of(1, outputs, bias))
	w.Unpack(1, rows.Of(inputs, outputs, weight))
	stored.Tensors = append(stored.Tensors,
		safetensors.Tensor{Name: name + ".weight", Shape: []int{inputs, outputs}, Data: weight},
		safetensors.Tensor{Name: name + ".bias", Shape: []int{outputs}, Data: bias})
}

// CheckMap says what is wrong with a map of this shape in the file, if anything
// is. It is for before memory of the shape is asked for: a damaged configuration
// may claim any size.
func CheckMap(stored safetensors.File, name string, inputs, outputs int) error {
	if _, err := Finite(stored, name+".weight", inputs, outputs); err != nil {
		return err
	}
	_, err := Finite(stored, name+".bias", outputs)
	return err
}

// ReadMap reads what [AddMap] added to w, which has the shape.
func ReadMap(stored safetensors.File, name string, w kernels.Packed) error {
	inputs, outputs := w.Rows-1, w.Cols
	weight, err := Finite(stored, name+".weight", inputs, outputs)
	if err != nil {
		return err
	}
	bias, err := Finite(stored, name+".bias", outputs)
	if err != nil {
		return err
	}
	w.Pack(0, rows.Of(1, outputs, bias))
	w.Pack(1, rows.Of(inputs, outputs, weight))
	return nil
}

// Map reads what [AddMap] added to packed weights of its own, which it makes only when
// the file is known to hold them.
func Map(stored safetensors.File, name string, inputs, outputs int) (kernels.Packed, error) {
	if err := CheckMap(stored, name, inputs, outputs); err != nil {
		return kernels.Packed{}, err
	}
	w := kernels.NewPacked(inputs+1, outputs)
	return w, ReadMap(stored, name, w)
}

// Maps reads the maps of a network whose layers have the given sizes, in the
// order of [MapName].
func Maps(stored safetensors.File, sizes []int) ([]kernels.Packed, error) {
	var all []kernels.Packed
	for i := range 2 * (len(sizes) - 1) {
		inputs, outputs := sizes[i/2], sizes[i/2+1]
		if i%2 == 1 {
			inputs, outputs = outputs, inputs
		}
		w, err := Map(stored, MapName(i), inputs, outputs)
		if err != nil {
			return nil, err
		}
		all = append(all, w)
	}
	return all, nil
}

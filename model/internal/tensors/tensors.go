// Package tensors keeps maps and what optimisers remember of them in safetensors
// files. A packed matrix is stored row by row, whatever the order in memory.
package tensors

import (
	"errors"
	"fmt"

	"github.com/targetprop/targetprop/internal/safetensors"
	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model/internal/rows"
)

// ErrDiverged is returned when a number to write is not finite.
var ErrDiverged = errors.New("model: training diverged: a loss is not a finite number any more; try a lower learning rate")

// Write writes a file of finite numbers. It refuses others with [ErrDiverged],
// because they could not be read again.
func Write(path string, stored safetensors.File) error {
	for _, t := range stored.Tensors {
		for _, x := range t.Data {
			if x-x != 0 { // NaN or infinite
				return fmt.Errorf("save %s: tensor %q: %w", path, t.Name, ErrDiverged)
			}
		}
	}
	return safetensors.WriteFile(path, stored)
}

// Finite is a tensor of the given shape. It fails if an element is NaN or
// infinite.
func Finite(stored safetensors.File, name string, shape ...int) ([]float32, error) {
	data, err := stored.Tensor(name, shape...)
	if err != nil {
		return nil, err
	}
	for i, x := range data {
		if x-x != 0 {
			return nil, fmt.Errorf("tensor %q: element %d is %v, want a finite number", name, i, x)
		}
	}
	return data, nil
}

// Append adds a packed matrix.
func Append(stored *safetensors.File, name string, m kernels.Packed) {
	data := make([]float32, m.Rows*m.Cols)
	m.Unpack(0, rows.Of(m.Rows, m.Cols, data))
	stored.Tensors = append(stored.Tensors, safetensors.Tensor{Name: name, Shape: []int{m.Rows, m.Cols}, Data: data})
}

// Read reads what [Append] added to m, which has the shape.
func Read(stored safetensors.File, name string, m kernels.Packed) error {
	data, err := Finite(stored, name, m.Rows, m.Cols)
	if err == nil {
		m.Pack(0, rows.Of(m.Rows, m.Cols, data))
	}
	return err
}

// AppendMap adds the parameters w of a map, whose row 0 is the bias, as name.weight
// (inputs x outputs) and name.bias.
func AppendMap(stored *safetensors.File, name string, w kernels.Packed) {
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

// ReadMap reads what [AppendMap] added to w, which has the shape.
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

// EachMoment visits the moments m that an optimiser uses for the parameters w.
// They lie as the parameters do: those of the bias are in row 0.
func EachMoment(w kernels.Packed, m kernels.Moments, visit func(name string, moment kernels.Packed)) {
	for _, one := range []struct {
		name string
		data []float32
	}{{"mean", m.Mean}, {"square", m.Square}, {"velocity", m.Velocity}} {
		if one.data != nil {
			visit(one.name, kernels.Packed{Rows: w.Rows, Cols: w.Cols, Data: one.data})
		}
	}
}

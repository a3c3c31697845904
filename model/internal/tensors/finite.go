package tensors

import (
	"fmt"

	"github.com/targetprop/targetprop/internal/safetensors"
)

// Finite is a tensor of the given shape. It fails if an element is NaN or
// infinite.
func Finite(f safetensors.File, name string, shape ...int) ([]float32, error) {
	data, err := f.Tensor(name, shape...)
	if err != nil {
		return nil, err
	}
	if i := firstInfinite(data); i >= 0 {
		return nil, fmt.Errorf("tensor %q: element %d is %v, want a finite number", name, i, data[i])
	}
	return data, nil
}

// Write writes a file of finite numbers. It refuses others with the error
// notFinite, because they could not be read again.
func Write(path string, f safetensors.File, notFinite error) error {
	for _, t := range f.Tensors {
		if firstInfinite(t.Data) >= 0 {
			return fmt.Errorf("save %s: tensor %q: %w", path, t.Name, notFinite)
		}
	}
	return safetensors.WriteFile(path, f)
}

// firstInfinite is the index of the first element that is NaN or infinite, or -1.
func firstInfinite(data []float32) int {
	for i, x := range data {
		if x-x != 0 {
			return i
		}
	}
	return -1
}

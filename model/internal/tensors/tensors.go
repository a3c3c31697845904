// Package tensors keeps the parameters of networks, and what optimisers remember of
// them, in safetensors files. A packed matrix is stored row by row, whatever the
// order in memory.
package tensors

import (
	"fmt"
	"maps"

	"github.com/targetprop/targetprop/internal/safetensors"
	"github.com/targetprop/targetprop/model/internal/health"
)

// ErrDiverged is returned when a number to write is not finite.
var ErrDiverged = health.ErrDiverged

// Write writes a file of finite numbers, with a checksum in its metadata. It refuses
// others with [ErrDiverged], because they could not be read again.
func Write(path string, stored safetensors.File) error {
	for _, t := range stored.Tensors {
		for _, x := range t.Data {
			if x-x != 0 { // NaN or infinite
				return fmt.Errorf("save %s: %w", path, &health.NotFiniteError{What: fmt.Sprintf("tensor %q", t.Name)})
			}
		}
	}
	metadata := map[string]string{}
	maps.Copy(metadata, stored.Metadata)
	delete(metadata, checksumKey) // of a caller who took over the notes of another file
	stored.Metadata = metadata
	metadata[checksumKey] = checksum(stored)
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

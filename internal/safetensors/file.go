package safetensors

import (
	"fmt"
	"slices"
	"strings"
)

// File is the content of a safetensors file.
type File struct {
	Metadata map[string]string // free text; nil if the file has none
	Tensors  []Tensor          // in the order of their data
}

// Tensor returns the data of the tensor with that name, which must have exactly
// that shape; a single number has none. The data is not copied.
func (f File) Tensor(name string, shape ...int) ([]float32, error) {
	i := slices.IndexFunc(f.Tensors, func(t Tensor) bool { return t.Name == name })
	if i < 0 {
		return nil, fmt.Errorf("no tensor %s, the file has %s", quote(name), f.names())
	}
	if t := f.Tensors[i]; !slices.Equal(t.Shape, shape) {
		return nil, fmt.Errorf("tensor %s has shape %s, want %s", quote(name), shapeString(t.Shape), shapeString(shape))
	}
	return f.Tensors[i].Data, nil
}

// names lists the tensors for an error message.
func (f File) names() string {
	const most = 8
	if len(f.Tensors) == 0 {
		return "none"
	}
	var list []string
	for _, t := range f.Tensors[:min(most, len(f.Tensors))] {
		list = append(list, quote(t.Name))
	}
	if more := len(f.Tensors) - most; more > 0 {
		list = append(list, fmt.Sprintf("and %d more", more))
	}
	return strings.Join(list, ", ")
}

package safetensors

import (
	"fmt"
	"strings"
	"testing"
)

func TestTensor(t *testing.T) {
	f := File{Tensors: []Tensor{{"w", []int{2, 3}, []float32{1, 2, 3, 4, 5, 6}}, {"s", []int{}, []float32{7}}}}
	if got, err := f.Tensor("w", 2, 3); err != nil || &got[0] != &f.Tensors[0].Data[0] {
		t.Errorf("w is %v, %v", got, err)
	}
	if got, err := f.Tensor("s"); err != nil || len(got) != 1 {
		t.Errorf("s is %v, %v", got, err)
	}
	for _, c := range []struct {
		part, name string
		shape      []int
	}{
		{`no tensor "x", the file has "w", "s"`, "x", []int{1}},
		{`tensor "w" has shape [2, 3], want [3, 2]`, "w", []int{3, 2}},
		{`tensor "w" has shape [2, 3], want [6]`, "w", []int{6}},
		{`tensor "w" has shape [2, 3], want []`, "w", nil},
	} {
		_, err := f.Tensor(c.name, c.shape...)
		wantError(t, err, c.part)
	}
	_, err := File{}.Tensor("x")
	wantError(t, err, "the file has none")
	for i := range 20 {
		f.Tensors = append(f.Tensors, Tensor{Name: fmt.Sprint(i, strings.Repeat("long", 50))})
	}
	_, err = f.Tensor("x")
	wantError(t, err, "and 14 more")
}

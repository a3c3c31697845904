package describe

import (
	"math"
	"strings"
	"testing"

	"github.com/targetprop/targetprop/dataset"
)

// TestNothingToDescribe: a set without examples, or with too few labels, is an error.
func TestNothingToDescribe(t *testing.T) {
	one := dataset.Images{Height: 1, Width: 2, Pixels: []byte{1, 2}}
	many := one
	many.Labels = []uint8{1, 2, 3}
	wide, nan := dataset.Images{Height: 2, Width: 1, Pixels: []byte{1, 2}}, dataset.Images{Height: 1, Width: 2, Numbers: []float32{1, float32(math.NaN())}}
	for want, set := range map[string]dataset.Set{"test examples of 2 x 1": {Train: one, Test: wide}, "number 1 of the training examples goes from NaN": {Train: nan}, "no training examples": {Test: one}, "training examples: dataset: 3 labels of 1": {Train: many}, "test examples: dataset: 3 labels of 1": {Train: one, Test: many}} {
		if _, err := Of(t.Context(), set); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %q", err, want)
		}
	}
}

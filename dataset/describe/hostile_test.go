package describe

import (
	"strings"
	"testing"

	"github.com/targetprop/targetprop/dataset"
)

// TestNothingToDescribe: a set without examples, or with too few labels, is an error.
func TestNothingToDescribe(t *testing.T) {
	one := dataset.Images{Height: 1, Width: 2, Pixels: []byte{1, 2}}
	many := one
	many.Labels = []uint8{1, 2, 3}
	for want, set := range map[string]dataset.Set{"no training examples": {Test: one}, "3 labels of 1 training": {Train: many}, "3 labels of 1 test": {Train: one, Test: many}} {
		if _, err := Of(t.Context(), set); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %q", err, want)
		}
	}
}

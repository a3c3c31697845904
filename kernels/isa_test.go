package kernels

import (
	"slices"
	"testing"
)

// TestCompiled: best first, down to Generic, and nothing else is available.
func TestCompiled(t *testing.T) {
	compiled, available := Compiled(), Available()
	for _, isas := range [][]ISA{compiled, available} {
		for i, isa := range isas[1:] {
			if isa >= isas[i] {
				t.Errorf("%v comes after %v", isa, isas[i])
			}
		}
		if isas[len(isas)-1] != Generic {
			t.Errorf("%v does not end with %v", isas, Generic)
		}
	}
	for _, isa := range available {
		if !slices.Contains(compiled, isa) {
			t.Errorf("%v is available, but the binary has only %v", isa, compiled)
		}
	}
}

//go:build (amd64 || arm64) && !purego

package isa

import (
	"strings"
	"testing"

	"github.com/klauspost/cpuid/v2"
)

// TestGates compares the features that each generated function requires with those
// that are looked for before it is called.
func TestGates(t *testing.T) {
	count := map[string]int{}
	for _, f := range asmFunctions(t) {
		count[f.suffix]++
		if f.suffix == "" {
			t.Errorf("%s: the name of %s ends with no instruction set", f.file, f.name)
			continue
		}
		if len(f.requires) == 0 {
			t.Errorf("%s: %s has no Requires line", f.file, f.name)
		}
		for _, feature := range f.requires {
			if !gated(gates[f.suffix], feature) {
				t.Errorf("%s: %s requires %s, which %v does not ask for", f.file, f.name, feature, gates[f.suffix])
			}
		}
	}
	for suffix := range gates {
		if count[suffix] == 0 {
			t.Errorf("no function for %s", suffix)
		}
	}
	for _, isa := range assembled() {
		if suffix := strings.ToUpper(isa.String()); count[suffix] == 0 {
			t.Errorf("%v counts as compiled, but no function is for it", isa)
		}
	}
	if len(gates) != len(assembled()) {
		t.Errorf("%d gates, but %v have assembly", len(gates), assembled())
	}
	t.Logf("functions: %v", count)
}

// everywhere is a feature of all 64-bit processors of its architecture: avo's name for
// that part of SSE which fetches ahead.
const everywhere = "MMX+"

func gated(gate []cpuid.FeatureID, feature string) bool {
	if feature == everywhere {
		return true
	}
	for _, id := range gate {
		if id.String() == feature {
			return true
		}
	}
	return false
}

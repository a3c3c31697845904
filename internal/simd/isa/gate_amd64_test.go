//go:build !purego

package isa

import (
	"regexp"
	"testing"

	"github.com/klauspost/cpuid/v2"
)

// gates are the features that a machine has where functions of a suffix run.
var gates = map[string][]cpuid.FeatureID{"AVX2": avx2Features, "AVX512": avx512Features}

// beyondAVX2 are the registers that only instructions of AVX-512 reach: avo takes them
// without a word when a function needs more than 16.
var beyondAVX2 = regexp.MustCompile(`\b([XY](1[6-9]|2[0-9]|3[01])|Z[0-9]+|K[0-7])\b`)

// TestRegisters looks for registers that a function's instruction set does not have,
// whatever its Requires line says.
func TestRegisters(t *testing.T) {
	for _, f := range asmFunctions(t) {
		if f.suffix != "AVX2" {
			continue
		}
		for _, line := range f.body {
			if r := beyondAVX2.FindString(line); r != "" {
				t.Errorf("%s: %s uses %s: %s", f.file, f.name, r, line)
			}
		}
	}
}

// TestVectorStateIsCleared checks that no function returns with the upper halves of
// registers in use: the SSE code of Go would run slowly ever after.
func TestVectorStateIsCleared(t *testing.T) {
	for _, f := range asmFunctions(t) {
		if last := f.body[len(f.body)-1]; last != "RET" {
			t.Errorf("%s: %s ends with %s", f.file, f.name, last)
		}
		for i, line := range f.body {
			if line == "RET" && f.body[i-1] != "VZEROUPPER" {
				t.Errorf("%s: %s returns after %s, want VZEROUPPER", f.file, f.name, f.body[i-1])
			}
		}
	}
}

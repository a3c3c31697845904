package isa

import (
	"os"
	"slices"
	"strings"
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

// requireVariable lists instruction sets, separated by commas, without which
// the tests fail instead of passing over them.
const requireVariable = "TARGETPROP_REQUIRE"

func TestRequiredInstructionSets(t *testing.T) {
	t.Logf("available: %v", Available())
	for name := range strings.SplitSeq(os.Getenv(requireVariable), ",") {
		if name == "" {
			continue
		}
		isa, err := Parse(name)
		if err != nil {
			t.Fatal(err)
		}
		if Best(isa) != isa {
			t.Errorf("%s asks for %v, which is not available here", requireVariable, isa)
		}
	}
}

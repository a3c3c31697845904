//go:build (amd64 || arm64) && !purego

package kernels

import (
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"testing"

	"github.com/klauspost/cpuid/v2"
)

// asmFunction is a function of the generated assembly.
type asmFunction struct {
	file, name, suffix string
	requires           []string // the features of its Requires line
	body               []string // instructions, labels and directives, without comments
}

var (
	requiresLine = regexp.MustCompile(`^// Requires: (.*)$`)
	textLine     = regexp.MustCompile(`^TEXT ·(\w+)\(SB\)`)
)

// asmFunctions reads the assembly for this architecture. The suffixes of gates
// end the names of the functions.
func asmFunctions(t *testing.T) []asmFunction {
	t.Helper()
	paths, err := filepath.Glob("../asm/f32/*_" + runtime.GOARCH + ".s")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no assembly: %v", err)
	}
	var all []asmFunction
	for _, path := range paths {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		var requires []string
		var f *asmFunction
		for line := range strings.Lines(string(text)) {
			line = strings.TrimSpace(line)
			if m := requiresLine.FindStringSubmatch(line); m != nil {
				requires = strings.Split(m[1], ", ")
			}
			if m := textLine.FindStringSubmatch(line); m != nil {
				all = append(all, asmFunction{file: filepath.Base(path), name: m[1], requires: requires})
				f, requires = &all[len(all)-1], nil
				for suffix := range gates {
					if strings.HasSuffix(f.name, suffix) {
						f.suffix = suffix
					}
				}
			}
			code, _, _ := strings.Cut(line, "//")
			if code = strings.TrimSpace(code); f != nil && code != "" && !strings.HasPrefix(code, "DATA") && !strings.HasPrefix(code, "GLOBL") {
				f.body = append(f.body, code)
			}
		}
	}
	return all
}

// TestGates compares the features that each generated function requires with
// those that are looked for before it is called.
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

// everywhere is a feature of all 64-bit processors of its architecture: avo's
// name for that part of SSE which fetches ahead.
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

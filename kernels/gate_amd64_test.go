//go:build !purego

package kernels

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/klauspost/cpuid/v2"
)

// gates are the features that a machine has where functions of a suffix run.
var gates = map[string][]cpuid.FeatureID{"AVX2": avx2Features, "AVX512": avx512Features}

// beyondAVX2 are the registers that only instructions of AVX-512 reach: avo takes
// them without a word when a function needs more than 16.
var beyondAVX2 = regexp.MustCompile(`\b([XY](1[6-9]|2[0-9]|3[01])|Z[0-9]+|K[0-7])\b`)

// TestRegisters looks for registers that a function's instruction set does not
// have, whatever its Requires line says.
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

// TestVectorStateIsCleared checks that no function returns with the upper halves
// of registers in use: the SSE code of Go would run slowly ever after.
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

// TestDispatch reads the code that picks functions: those of AVX-512 may be
// called only in a case that names it, and those of AVX2 only in one that does
// not. A wrong one would give the right bits here and crash elsewhere.
func TestDispatch(t *testing.T) {
	paths, err := filepath.Glob("*_amd64.go")
	if err != nil {
		t.Fatal(err)
	}
	called := map[string]bool{}
	for _, path := range paths {
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		var open []ast.Node // the nodes around the current one
		ast.Inspect(file, func(n ast.Node) bool {
			if n == nil {
				open = open[:len(open)-1]
				return true
			}
			open = append(open, n)
			if call, ok := n.(*ast.SelectorExpr); ok && name(call.X) == "f32" {
				called[call.Sel.Name] = true
				inCase := slices.ContainsFunc(open, namesAVX512)
				if strings.HasSuffix(call.Sel.Name, "AVX512") != inCase {
					t.Errorf("%s: %s is called where AVX512 is in use: %v", path, call.Sel.Name, inCase)
				}
			}
			return true
		})
	}
	for _, f := range asmFunctions(t) {
		if !called[f.name] {
			t.Errorf("%s: nothing calls %s", f.file, f.name)
		}
	}
}

// namesAVX512 tells whether n is a case for AVX-512.
func namesAVX512(n ast.Node) bool {
	clause, ok := n.(*ast.CaseClause)
	if !ok {
		return false
	}
	found := false
	for _, condition := range clause.List {
		ast.Inspect(condition, func(n ast.Node) bool {
			found = found || n != nil && name(n) == "AVX512"
			return true
		})
	}
	return found
}

func name(n ast.Node) string {
	if id, ok := n.(*ast.Ident); ok {
		return id.Name
	}
	return ""
}

//go:build (amd64 || arm64) && !purego

package isa

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"testing"
)

// dispatches are the files that may call assembly for this architecture only.
const dispatches = "../*/*_" + runtime.GOARCH + ".go"

// TestDispatch reads the code that picks functions: those of an instruction set may be
// called only in a case that names it, where the architecture has several. A wrong one
// would give the right bits here and crash elsewhere. Each function is called by something.
func TestDispatch(t *testing.T) {
	called := map[string]bool{}
	paths, err := filepath.Glob(dispatches)
	if err != nil || len(paths) == 0 {
		t.Fatalf("no file %s: %v", dispatches, err)
	}
	for _, path := range paths {
		eachCall(t, path, func(function string, cases []ast.Node) {
			called[function] = true
			for suffix := range gates {
				if len(gates) > 1 && strings.HasSuffix(function, suffix) != anyNames(cases, suffix) {
					t.Errorf("%s: %s is called where %s is in use: %v", path, function, suffix, anyNames(cases, suffix))
				}
			}
		})
	}
	for _, f := range asmFunctions(t) {
		if !called[f.called()] {
			t.Errorf("%s: nothing calls %s", f.file, f.name)
		}
	}
}

const asmPath = "github.com/targetprop/targetprop/asm/"

// eachCall calls do for each function of assembly that a file names, and the cases
// that it stands in.
func eachCall(t *testing.T, path string, do func(function string, cases []ast.Node)) {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	packages := map[string]string{} // of assembly, by their names here
	for _, spec := range file.Imports {
		imported, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			t.Fatal(err)
		}
		if pkg, ok := strings.CutPrefix(imported, asmPath); ok {
			packages[pkg] = pkg
			if spec.Name != nil {
				packages[spec.Name.Name] = pkg
			}
		}
	}
	var open []ast.Node // the nodes around the current one
	ast.Inspect(file, func(n ast.Node) bool {
		if n == nil {
			open = open[:len(open)-1]
			return true
		}
		open = append(open, n)
		if call, ok := n.(*ast.SelectorExpr); ok && packages[name(call.X)] != "" && call.Sel.Name != "Tile" {
			do(packages[name(call.X)]+"."+call.Sel.Name, open)
		}
		return true
	})
}

// anyNames tells whether one of the nodes is a case for the instruction set.
func anyNames(nodes []ast.Node, isa string) bool {
	found := false
	for _, n := range nodes {
		clause, ok := n.(*ast.CaseClause)
		if !ok {
			continue
		}
		for _, condition := range clause.List {
			ast.Inspect(condition, func(n ast.Node) bool {
				found = found || n != nil && name(n) == isa
				return true
			})
		}
	}
	return found
}

// name is that of an identifier, or empty.
func name(n ast.Node) string {
	if id, ok := n.(*ast.Ident); ok {
		return id.Name
	}
	return ""
}

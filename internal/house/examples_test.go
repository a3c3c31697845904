package house

import (
	"go/ast"
	"go/doc"
	"go/parser"
	"go/token"
	"path/filepath"
	"strings"
	"testing"
)

// TestExamples: each function and method that programs call has an Example whose output is
// tested. It is named for the function; or it is named for its type, or for its sister of the
// other type of elements, and calls it.
func TestExamples(t *testing.T) {
	for _, dir := range []string{"kernels", "kernels/gonumblas", "kernels/gonumlapack"} {
		pkg := documented(t, dir)
		own := map[string][]*doc.Example{"": pkg.Examples}
		for _, f := range pkg.Funcs {
			own[f.Name] = f.Examples
		}
		for _, typ := range pkg.Types {
			own[typ.Name] = typ.Examples
			for _, f := range append(typ.Funcs, typ.Methods...) {
				own[nameOf(f)] = f.Examples
			}
		}
		check := func(f *doc.Func, typ string) {
			if !has(own[nameOf(f)], "") && !has(own[typ], f.Name) && !has(own[sister(f)], f.Name) {
				t.Errorf("%s: %s has no Example with an output, and none of its type %s or its sister calls it", dir, nameOf(f), typ)
			}
		}
		for _, f := range pkg.Funcs {
			check(f, "")
		}
		for _, typ := range pkg.Types {
			for _, f := range append(typ.Funcs, typ.Methods...) {
				check(f, typ.Name)
			}
		}
	}
}

// documented is a package with its examples.
func documented(t *testing.T, dir string) *doc.Package {
	t.Helper()
	set := token.NewFileSet()
	paths, err := filepath.Glob(filepath.Join(root, dir, "*.go"))
	if err != nil || len(paths) == 0 {
		t.Fatalf("%s: %d files, %v", dir, len(paths), err)
	}
	var files []*ast.File
	for _, path := range paths {
		file, err := parser.ParseFile(set, path, nil, parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, file)
	}
	pkg, err := doc.NewFromFiles(set, files, module+"/"+dir)
	if err != nil {
		t.Fatal(err)
	}
	return pkg
}

// nameOf is Function or Type.Method.
func nameOf(f *doc.Func) string {
	if f.Recv == "" {
		return f.Name
	}
	return strings.TrimPrefix(f.Recv, "*") + "." + f.Name
}

// sister is the name of the same for float32.
func sister(f *doc.Func) string { return strings.TrimSuffix(nameOf(f), "64") }

// has tells whether one of the examples says what it prints, and calls the function if it has a
// name.
func has(examples []*doc.Example, function string) bool {
	for _, e := range examples {
		calls := function == ""
		ast.Inspect(e.Code, func(n ast.Node) bool {
			s, ok := n.(*ast.SelectorExpr)
			calls = calls || ok && s.Sel.Name == function
			return true
		})
		if calls && e.Output != "" {
			return true
		}
	}
	return false
}

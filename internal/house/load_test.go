package house

import (
	"encoding/json"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

const module = "github.com/targetprop/targetprop"

// modules are the folders of the modules, seen from this one.
var modules = []string{"../..", "../../gen", "../../bench", "../../mpi"}

// listed is a package as go list says it.
type listed struct {
	Dir, ImportPath, Export string
	GoFiles, IgnoredGoFiles []string
	TestGoFiles             []string
	XTestGoFiles            []string
	Imports                 []string
	Standard                bool
}

// path is the package's path within the project.
func (p listed) path() string { return strings.TrimPrefix(p.ImportPath, module+"/") }

// list runs go list in a module.
func list(t *testing.T, dir string, args ...string) []listed {
	t.Helper()
	if testing.Short() {
		t.Skip("builds every package")
	}
	cmd := exec.Command("go", append([]string{"list", "-json=Dir,ImportPath,Export,GoFiles,IgnoredGoFiles,TestGoFiles,XTestGoFiles,Imports,Standard"}, args...)...)
	cmd.Dir, cmd.Stderr = dir, os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	var all []listed
	for decoder := json.NewDecoder(out); ; {
		var p listed
		if err := decoder.Decode(&p); err == io.EOF {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		all = append(all, p)
	}
	if err := cmd.Wait(); err != nil {
		t.Fatalf("go list in %s: %v", dir, err)
	}
	return all
}

// use is that a file uses what another declares.
type use struct{ from, to, name string }

// uses are the uses between the files of a package.
func uses(t *testing.T, p listed, exports map[string]string) []use {
	t.Helper()
	set := token.NewFileSet()
	var files []*ast.File
	for _, name := range p.GoFiles {
		file, err := parser.ParseFile(set, filepath.Join(p.Dir, name), nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, file)
	}
	info := types.Info{Uses: map[*ast.Ident]types.Object{}, Selections: map[*ast.SelectorExpr]*types.Selection{}}
	config := types.Config{Importer: importer.ForCompiler(set, "gc", func(path string) (io.ReadCloser, error) { return os.Open(exports[path]) })}
	pkg, err := config.Check(p.ImportPath, set, files, &info)
	if err != nil {
		t.Fatalf("%s: %v", p.ImportPath, err)
	}
	var all []use
	for id, object := range info.Uses {
		if object.Pkg() != pkg || object.Parent() != pkg.Scope() && !isMethod(object) {
			continue // of another package, or local, or a field
		}
		from, to := filepath.Base(set.Position(id.Pos()).Filename), filepath.Base(set.Position(object.Pos()).Filename)
		if from != to {
			all = append(all, use{from, to, object.Name()})
		}
	}
	return all
}

// isMethod tells whether the object is a method that is declared with a body.
func isMethod(object types.Object) bool {
	f, ok := object.(*types.Func)
	return ok && f.Signature().Recv() != nil && !types.IsInterface(f.Signature().Recv().Type())
}

// linesOf is the lines of a file, and whether the generator wrote them.
func linesOf(t *testing.T, dir, name string) (lines int, generated bool) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(dir, name))
	if err != nil {
		t.Fatal(err)
	}
	return strings.Count(string(text), "\n"), strings.HasPrefix(string(text), "// Code generated")
}

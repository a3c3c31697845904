package house

import (
	"slices"
	"strings"
	"testing"
)

// floors are the packages from the top down. A package may use those of lower floors only,
// and none beside it.
var floors = [][]string{
	{"cmd/targetprop", "cmd/release", "examples/gonum", "examples/noise", "examples/train", "gen", "gen/mutate", "testdata/golden", "internal/house", "dataset/digits"},
	{"cmd/program"},
	{"cmd/internal/reproduce"},
	{"cmd/internal/paper", "cmd/internal/compare"},
	{"cmd/internal/paper/table", "cmd/internal/paper/labels"},
	{"cmd/internal/paper/experiment", "cmd/internal/watch"},
	{"cmd/internal/run", "cmd/internal/evaluate", "cmd/internal/classification", "cmd/internal/fill", "cmd/internal/stdpfigure", "cmd/internal/rewardfigure", "cmd/internal/tiny", "cmd/internal/encode", "cmd/internal/export"},
	{"cmd/internal/frame"},
	{"cmd/internal/task"},
	{"cmd/internal/modelfile", "cmd/internal/settings", "cmd/internal/output"},
	{"cmd/internal/picture", "cmd/internal/data"},
	{"cmd/internal/together"},
	{"cmd/internal/cli"},
	{"dataset/source"},
	{"dataset/idx", "dataset/npy", "dataset/table", "dataset/cifar", "dataset/pictures", "dataset/describe"},
	{"dataset/reading"},
	{"model/reward/qlearning"},
	{"model/reward"},
	{"model/credit"},
	{"model/chain", "model/labelled", "model/measure", "model/variational", "model/feedforward"},
	{"model/internal/density", "model/internal/modeltest"},
	{"model"},
	{"model/internal/best"},
	{"model/mask", "model/stdp", "model/rstdp", "model/reward/cartpole", "model/internal/schedule", "model/internal/tensors"},
	{"model/internal/health"},
	{"model/internal/ranks"},
	{"kernels/gonumblas"},
	{"model/internal/random", "model/internal/rows", "model/internal/linalg", "dataset", "kernels/gonumlapack"},
	{"kernels", "kernels/gonumlapack/internal/schur", "kernels/gonumlapack/internal/condition", "kernels/gonumlapack/internal/gsvd"},
	{"internal/blas/level1", "internal/blas/level2", "internal/blas/level3"},
	{"internal/blas/strided"},
	{"internal/product"},
	{"internal/plan"},
	{"internal/simd/tile", "internal/simd/gemv", "internal/simd/pack", "internal/simd/vector", "internal/simd/noise", "internal/simd/descent", "internal/simd/peak", "internal/simd/sum", "internal/simd/level1", "internal/simd/solve"},
	{"internal/simd/fma"},
	{"internal/simd/f32", "internal/simd/f64", "internal/simd/contract", "asm/f32", "asm/f64"},
	{"internal/engine"},
	{"internal/simd/isa", "internal/threads", "internal/memory", "asm"},
	{"internal/view", "internal/enum", "internal/safetensors", "internal/report", "internal/stat", "internal/race", "internal/caught", "internal/recovered", "internal/grouptest", "internal/untuned", "internal/onnx"},
	{"internal/atomicfile", "internal/folderlock"},
}

// TestPackagesUseLowerFloors fails on an arrow that points up or aside, and on a package
// without a floor.
func TestPackagesUseLowerFloors(t *testing.T) {
	floor := map[string]int{}
	for i, names := range floors {
		for _, name := range names {
			floor[name] = i
		}
	}
	for _, p := range list(t, modules[0], "./...") {
		above, ok := floor[p.path()]
		if !ok {
			t.Errorf("%s has no floor", p.path())
			continue
		}
		for _, path := range p.Imports {
			used := listed{ImportPath: path}.path()
			if used == path {
				continue // of another project
			}
			if below, ok := floor[used]; !ok || below <= above {
				t.Errorf("%s, on floor %d, uses %s, on floor %d", p.path(), above, used, below)
			}
		}
	}
}

// TestWhoUsesAssembly: nothing but the packages that say when it may run.
func TestWhoUsesAssembly(t *testing.T) {
	for _, dir := range modules {
		for _, p := range list(t, dir, "./...") {
			for _, path := range p.Imports {
				asm := listed{ImportPath: path}.path()
				if (asm == "asm" || strings.HasPrefix(asm, "asm/")) && !strings.HasPrefix(p.path(), "internal/simd/") && !strings.HasPrefix(p.path(), "asm") {
					t.Errorf("%s uses %s", p.path(), asm)
				}
			}
		}
	}
}

// TestSizes: a package has some ten files beside tests and those that exist once for each
// architecture, and a file has one subject. The program has a file for each command too. A
// generated one is not for reading, and as long as it is.
func TestSizes(t *testing.T) {
	const someFiles, mostLines, commands = 14, 300, 6
	for _, dir := range modules {
		for _, p := range list(t, dir, "./...") {
			if !strings.HasPrefix(p.ImportPath, module) {
				continue
			}
			files := slices.Concat(p.GoFiles, p.IgnoredGoFiles)
			subjects := slices.DeleteFunc(slices.Clone(files), forArchitecture)
			mostFiles := someFiles
			if p.path() == "cmd/program" {
				mostFiles += commands
			}
			if len(subjects) > mostFiles && p.path() != "asm/f32" && p.path() != "asm/f64" {
				t.Errorf("%s has %d files, want %d at most: %v", p.path(), len(subjects), mostFiles, subjects)
			}
			for _, name := range slices.Concat(files, p.TestGoFiles, p.XTestGoFiles) {
				if lines, generated := linesOf(t, p.Dir, name); lines > mostLines && !generated {
					t.Errorf("%s/%s has %d lines, want %d at most", p.path(), name, lines, mostLines)
				}
			}
		}
	}
}

// forArchitecture tells whether a file is one of several for the same subject.
func forArchitecture(name string) bool {
	for _, end := range []string{"_amd64.go", "_arm64.go", "_other.go", "_asm.go", "_none.go", "_test.go"} {
		if strings.HasSuffix(name, end) {
			return true
		}
	}
	return false
}

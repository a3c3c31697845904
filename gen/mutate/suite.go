package main

import (
	"os"
	"path"
	"path/filepath"
	"strings"
)

// suite is tests of a package.
type suite struct {
	pkg   string // its folder
	tests string // a regular expression
}

// everything are all tests that look at assembly.
const everything = "^Test(Contract|ContractRandom|Exhaustive|Golden|Gemm.*|Gates|Registers|VectorStateIsCleared|Dispatch|RequiredInstructionSets|Operations)$"

// gates is the package whose tests read the assembly.
const gates = "internal/simd/isa"

// packages hold the contracts of assembly, by how the names of its files begin.
var packages = map[string]string{
	"activate": "vector", "relax": "vector", "delta": "vector", "noise": "noise", "update": "descent",
	"tile": "tile", "pack": "pack", "gemv": "gemv", "peak": "peak",
}

// packageOf is the folder of the package that holds the contracts of a file.
func (w *workspace) packageOf(f *source) string {
	op, _, _ := strings.Cut(filepath.Base(f.name), "_")
	pkg := path.Join("internal/simd", packages[op])
	if _, err := os.Stat(filepath.Join(w.dir, pkg)); packages[op] == "" || err != nil {
		return "kernels" // the products' are there still
	}
	return pkg
}

// suites are all tests of a file.
func (w *workspace) suites(f *source) []suite {
	return []suite{{w.packageOf(f), everything}, {gates, everything}}
}

// contracts are those of the function: the first place to look.
func (m mutation) contracts() string {
	switch {
	case strings.HasPrefix(m.function, "Tile"):
		return "^TestContract$/^(tile|Affine)"
	case strings.HasPrefix(m.function, "Gemv"):
		return "^TestContract$/^gemv"
	case strings.HasPrefix(m.function, "Transpose"):
		return "^TestContract$/^transpose"
	case strings.HasPrefix(m.function, "Pack"):
		return "^TestContract$/^Gemm"
	default:
		return "^TestContract$"
	}
}

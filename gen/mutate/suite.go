package main

import (
	"fmt"
	"path"
	"path/filepath"
	"strings"
)

// tests are all that look at assembly. The contracts come first in their packages.
const tests = "^Test(Contract|ContractBlocks|ContractRandom|Exhaustive|Operations|Gates|Registers|VectorStateIsCleared|Dispatch|RequiredInstructionSets)(64)?$"

// gates is the package whose tests read the assembly.
const gates = "internal/simd/isa"

// packages hold the contracts of assembly, by how the names of its files begin.
var packages = map[string]string{
	"activate": "vector", "relax": "vector", "delta": "vector", "slope": "vector", "softmax": "vector", "elementwise": "vector", "noise": "noise", "update": "descent",
	"tile": "tile", "pack": "pack", "gemv": "gemv", "peak": "peak",
	"sum": "sum", "level1": "level1", "solve": "solve",
}

// suitesOf are the packages whose tests must notice a change of the file: the one that
// holds its contracts, then that of the gates.
func suitesOf(name string) ([]string, error) {
	kind, _, _ := strings.Cut(filepath.Base(name), "_")
	pkg, ok := packages[kind]
	if !ok {
		return nil, fmt.Errorf("no package is known to hold the contracts of %s", name)
	}
	return []string{path.Join("internal/simd", pkg), gates}, nil
}

// Package isa names the instruction sets that kernels are written for, says
// which of them this machine runs, and how large their tiles are.
package isa

import (
	"fmt"
	"slices"
	"strings"
)

// ISA is an instruction set that kernels are written for.
type ISA uint8

// The instruction sets, in the order of preference on their architecture.
const (
	Generic ISA = iota // plain Go, everywhere
	NEON               // arm64 Advanced SIMD
	AVX2               // amd64 AVX2 and FMA
	AVX512             // amd64 AVX-512 Foundation and Vector Length
)

// All are the instruction sets, whether or not this binary has kernels for them.
var All = [...]ISA{Generic, NEON, AVX2, AVX512}

var names = [...]string{Generic: "generic", NEON: "neon", AVX2: "avx2", AVX512: "avx512"}

// String is the name that [Parse] reads.
func (i ISA) String() string {
	if int(i) < len(names) {
		return names[i]
	}
	return fmt.Sprintf("ISA(%d)", uint8(i))
}

// Parse reads the name of an instruction set.
func Parse(name string) (ISA, error) {
	if i := slices.Index(names[:], strings.ToLower(name)); i >= 0 {
		return ISA(i), nil
	}
	return 0, fmt.Errorf("kernels: unknown instruction set %q: want one of %s", name, strings.Join(names[:], ", "))
}

// Compiled lists the instruction sets that this binary has kernels for, best
// first. The last is always Generic. This machine may lack some of them: see
// [Available].
func Compiled() []ISA { return append(assembled(), Generic) }

// Available lists the instruction sets of [Compiled] that this machine and its
// operating system can run, best first. The last is always Generic.
func Available() []ISA {
	missing := func(isa ISA) bool { return !runs(isa) }
	return append(slices.DeleteFunc(assembled(), missing), Generic)
}

// Best is the best available instruction set that is not better than limit.
func Best(limit ISA) ISA {
	for _, isa := range Available() {
		if isa <= limit {
			return isa
		}
	}
	return Generic
}

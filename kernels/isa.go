package kernels

import (
	"fmt"
	"os"
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

// ISAVariable is the environment variable that caps the instruction set of
// engines made without [WithMaxISA]: generic, neon, avx2 or avx512.
const ISAVariable = "TARGETPROP_ISA"

var isaNames = [...]string{Generic: "generic", NEON: "neon", AVX2: "avx2", AVX512: "avx512"}

// String is the name that [ParseISA] reads.
func (i ISA) String() string {
	if int(i) < len(isaNames) {
		return isaNames[i]
	}
	return fmt.Sprintf("ISA(%d)", uint8(i))
}

// ParseISA reads the name of an instruction set.
func ParseISA(name string) (ISA, error) {
	if i := slices.Index(isaNames[:], strings.ToLower(name)); i >= 0 {
		return ISA(i), nil
	}
	return 0, fmt.Errorf("kernels: unknown instruction set %q: want one of %s", name, strings.Join(isaNames[:], ", "))
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

// best is the best available instruction set that is not better than limit.
func best(limit ISA) ISA {
	for _, isa := range Available() {
		if isa <= limit {
			return isa
		}
	}
	return Generic
}

// limitFromEnvironment reads ISAVariable.
func limitFromEnvironment() (ISA, error) {
	name := os.Getenv(ISAVariable)
	if name == "" {
		return AVX512, nil
	}
	isa, err := ParseISA(name)
	if err != nil {
		return 0, fmt.Errorf("environment variable %s: %w", ISAVariable, err)
	}
	return isa, nil
}

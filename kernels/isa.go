package kernels

import (
	"fmt"
	"os"

	"github.com/targetprop/targetprop/internal/simd/isa"
)

// ISA is an instruction set that kernels are written for.
type ISA uint8

// The instruction sets, in the order of preference on their architecture.
const (
	Generic ISA = ISA(isa.Generic) // plain Go, everywhere
	NEON    ISA = ISA(isa.NEON)    // arm64 Advanced SIMD
	AVX2    ISA = ISA(isa.AVX2)    // amd64 AVX2 and FMA
	AVX512  ISA = ISA(isa.AVX512)  // amd64 AVX-512 Foundation and Vector Length
)

// ISAVariable is the environment variable that caps the instruction set of
// engines made without [WithMaxISA]: generic, neon, avx2 or avx512.
const ISAVariable = "TARGETPROP_ISA"

// String is the name that [ParseISA] reads.
func (i ISA) String() string { return isa.ISA(i).String() }

// ParseISA reads the name of an instruction set.
func ParseISA(name string) (ISA, error) {
	i, err := isa.Parse(name)
	return ISA(i), err
}

// Compiled lists the instruction sets that this binary has kernels for, best
// first. The last is always Generic. This machine may lack some of them: see
// [Available].
func Compiled() []ISA { return public(isa.Compiled()) }

// Available lists the instruction sets of [Compiled] that this machine and its
// operating system can run, best first. The last is always Generic.
func Available() []ISA { return public(isa.Available()) }

// public is a list as this package's type.
func public(all []isa.ISA) []ISA {
	var list []ISA
	for _, i := range all {
		list = append(list, ISA(i))
	}
	return list
}

// limitFromEnvironment reads ISAVariable; without it there is no limit.
func limitFromEnvironment() (ISA, error) {
	name := os.Getenv(ISAVariable)
	if name == "" {
		return AVX512, nil
	}
	i, err := ParseISA(name)
	if err != nil {
		return 0, fmt.Errorf("environment variable %s: %w", ISAVariable, err)
	}
	return i, nil
}

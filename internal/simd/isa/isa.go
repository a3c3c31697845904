// Package isa names the instruction sets that kernels are written for, says
// which of them this machine runs, and how large their tiles are.
package isa

import "github.com/targetprop/targetprop/internal/enum"

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

var names = enum.Names[ISA]{Package: "kernels", Type: "ISA", Kind: "instruction set", Names: []string{
	Generic: "generic", NEON: "neon", AVX2: "avx2", AVX512: "avx512",
}}

// String is the name that [Parse] reads.
func (i ISA) String() string { return names.String(i) }

// Valid tells whether i is one of the instruction sets.
func (i ISA) Valid() bool { return names.Valid(i) }

// Parse reads the name of an instruction set.
func Parse(name string) (ISA, error) { return names.Parse(name) }

//go:build !purego

package isa

import "github.com/klauspost/cpuid/v2"

// The CPU features that the assembly of each instruction set may use. TestGates
// compares them with what the generated code requires. cpuid reports a feature
// only if the operating system saves its registers.
var (
	avx2Features   = []cpuid.FeatureID{cpuid.AVX, cpuid.AVX2, cpuid.FMA3}
	avx512Features = append([]cpuid.FeatureID{cpuid.AVX512F, cpuid.AVX512VL}, avx2Features...)
)

// assembled lists the instruction sets with assembly, best first.
func assembled() []ISA { return []ISA{AVX512, AVX2} }

// CrossesPages tells whether the core itself reaches rows ahead of the code when each is on
// another page. AMD's do, of all generations measured; of Intel's, Sapphire Rapids does not.
func CrossesPages() bool { return cpuid.CPU.VendorID == cpuid.AMD }

// runs tells whether this machine can run the assembly.
func runs(isa ISA) bool {
	switch isa {
	case AVX512:
		return cpuid.CPU.Supports(avx512Features...)
	case AVX2:
		return cpuid.CPU.Supports(avx2Features...)
	}
	return false
}

//go:build !purego

package kernels

import "github.com/klauspost/cpuid/v2"

// The CPU features that the assembly of each instruction set may use. A test
// compares them with what the generated code requires. cpuid reports a feature
// only if the operating system saves its registers.
var (
	avx2Features   = []cpuid.FeatureID{cpuid.AVX, cpuid.AVX2, cpuid.FMA3}
	avx512Features = append([]cpuid.FeatureID{cpuid.AVX512F, cpuid.AVX512VL}, avx2Features...)
)

func detect() []ISA {
	var found []ISA
	if cpuid.CPU.Supports(avx512Features...) {
		found = append(found, AVX512)
	}
	if cpuid.CPU.Supports(avx2Features...) {
		found = append(found, AVX2)
	}
	return found
}

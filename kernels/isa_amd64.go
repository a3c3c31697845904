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

// assembled lists the instruction sets with assembly, best first.
func assembled() []ISA { return []ISA{AVX512, AVX2} }

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

// gainsFromFetching tells whether Gemm is faster on this processor if the next panels
// and rows of a product are fetched for it. With Zen 4 large products gain some
// hundredths; Sapphire Rapids finds them in time, and loses the operations that fetch.
func gainsFromFetching() bool { return cpuid.CPU.IsVendor(cpuid.AMD) }

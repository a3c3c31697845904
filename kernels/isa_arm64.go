//go:build !purego

package kernels

import "github.com/klauspost/cpuid/v2"

// neonFeatures are the CPU features that the NEON assembly may use. A test
// compares them with what the generated code requires.
var neonFeatures = []cpuid.FeatureID{cpuid.ASIMD}

func detect() []ISA {
	if cpuid.CPU.Supports(neonFeatures...) {
		return []ISA{NEON}
	}
	return nil
}

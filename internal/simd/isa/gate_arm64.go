//go:build !purego

package isa

import "github.com/klauspost/cpuid/v2"

// neonFeatures are the CPU features that the NEON assembly may use. TestGates
// compares them with what the generated code requires.
var neonFeatures = []cpuid.FeatureID{cpuid.ASIMD}

// assembled lists the instruction sets with assembly, best first.
func assembled() []ISA { return []ISA{NEON} }

// CrossesPages is false: no core was measured.
func CrossesPages() bool { return false }

// runs tells whether this machine can run the assembly.
func runs(isa ISA) bool { return isa == NEON && cpuid.CPU.Supports(neonFeatures...) }

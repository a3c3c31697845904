//go:build (!amd64 && !arm64) || purego

package isa

// assembled lists the instruction sets with assembly, best first.
func assembled() []ISA { return nil }

// CrossesPages is false: no core was measured.
func CrossesPages() bool { return false }

// runs tells whether this machine can run the assembly.
func runs(ISA) bool { return false }

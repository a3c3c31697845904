//go:build (!amd64 && !arm64) || purego

package kernels

// assembled lists the instruction sets with assembly, best first.
func assembled() []ISA { return nil }

// runs tells whether this machine can run the assembly.
func runs(ISA) bool { return false }

// stripColumns is how many columns of C are computed at a time where they wait in the
// second-level cache for the next rows of B.
func stripColumns() int { return blockN / 2 }

package isa

import "slices"

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

// Best is the best available instruction set that is not better than limit.
func Best(limit ISA) ISA {
	for _, isa := range Available() {
		if isa <= limit {
			return isa
		}
	}
	return Generic
}

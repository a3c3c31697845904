package isa

// A call of assembly lasts about 100 microseconds at most. It cannot be interrupted: the
// garbage collector, and with it every thread, waits for it to return. So it ends after
// as many elements or rows as the constants below say, and the caller goes on with the
// next ones.
const (
	// CallElements is the most elements that a call maps, updates or reads: 20 to 50
	// microseconds for most kernels, whether their operands come from memory or not.
	// Gaussian noise takes up to 150.
	CallElements = 1 << 16

	// CallRows is the most rows of tiles that a call computes: some tiles of each kind,
	// and about 120 microseconds for 1000 inputs and 64 columns.
	CallRows = 8 * 14

	// SolveLines is the most lines of a triangle that a call solves.
	SolveLines = 1 << 9

	// solveTerms is the most multiply-adds of a call that solves for several panels.
	solveTerms = 1 << 20
)

// SolvedPanels is for how many panels of so many columns a call solves a triangle of n lines.
func SolvedPanels(n, columns int) int { return max(1, solveTerms/(n*(n+1)/2*columns)) }

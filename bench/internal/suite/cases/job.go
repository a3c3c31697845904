package cases

import "github.com/targetprop/targetprop/bench/internal/table"

// Job is the work of one call of a row, and what it needs of the machine at
// least: whatever it needs most of, relative to what the machine has, bounds
// it.
type Job struct {
	Unit table.Unit
	Work float64

	// OfDefinition says that the operations are those of this project's
	// definition. Others may do with fewer, and be less exact.
	OfDefinition bool

	// FMA is the multiplications and fused multiply-adds, 2 flops each as the
	// loop counts them that measures the peak. Both need the same units of the
	// processor.
	FMA float64

	// FMA64 is the same for float64.
	FMA64 float64

	// Operations is all vector operations, multiplications and divisions among them,
	// one for each element, loads and stores excepted: those of AVX-512, which needs
	// the fewest.
	Operations float64

	// Divide and SqrtDivide are elements that are divided, and of which the
	// root is taken before that.
	Divide, SqrtDivide float64

	// Streams is the work in the units of limits that move data.
	Streams map[string]float64
}

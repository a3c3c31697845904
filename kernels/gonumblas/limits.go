package gonumblas

import "math"

// limits are the sizes from which our loops serve for vectors and matrices by vectors. What is
// smaller is handed over first of all: a call takes some nanoseconds, and each check is felt.
type limits struct {
	sum      int // elements, for Dot, Axpy and Scal, which gonum has in assembly
	norm     int // for Nrm2
	index    int // for Iamax
	vector   int // for the rest of level 1
	matrix   int // elements of a matrix, for Gemv
	update   int // elements of a matrix, for Ger
	triangle int // lines, for the rest of level 2
}

// measuredLimits were measured on a Zen 5 with AVX-512, for float64.
var measuredLimits = limits{sum: 80, norm: 16, index: 32, vector: 20, matrix: 20 * 20, update: 24 * 24, triangle: 24}

// limitsOf are those of one type of elements.
func limitsOf(ours, same bool) limits {
	switch {
	case same:
		return limits{}
	case ours:
		return measuredLimits
	}
	return limits{math.MaxInt, math.MaxInt, math.MaxInt, math.MaxInt, math.MaxInt, math.MaxInt, math.MaxInt}
}

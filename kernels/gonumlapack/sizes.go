package gonumlapack

// Up to these orders a part is not divided further.
const (
	luColumns      = 8  // of a panel that LU eliminates in one loop
	choleskyOrder  = 32 // of a triangle factored by gonum's Dpotf2
	triangleOrder  = 16 // of a triangle inverted by gonum's Dtrti2, or multiplied by its Dlauu2
	reflectorsLeaf = 8  // reflectors found by gonum's Dgelq2
	leafOfT        = 16 // of a part of T found column by column
)

// Fewer reflectors, or shorter ones, are found and applied one at a time by gonum: blocks of
// them do not pay for their T. Columns of a QR factorization are transposed first, which
// pays once they are long.
const (
	fewestColumns = 8  // of a QR factorization
	fewestRows    = 96 // of a QR factorization
	fewestLQ      = 72 // of an LQ factorization
	fewestApplied = 33 // to another matrix
	fewestFormed  = 16 // into an orthogonal matrix
)

// half divides n in two, the first part a multiple of unit where n allows.
func half(n, unit int) int {
	h := n / 2
	if h > unit {
		h = (h + unit - 1) / unit * unit
	}
	return h
}

// reflectorBlock is the number of reflectors, of k, that are applied at a time to as many rows
// or columns as across says. Wider blocks are faster products, and more work for T.
func reflectorBlock(k, across int) int {
	switch {
	case k <= 256 || across <= 64:
		return min(k, 32)
	case k <= 1024:
		return 48
	default:
		return 64
	}
}

// inverseColumns is the width of Dgetri's blocks.
func inverseColumns(n int) int {
	if n <= 512 {
		return 64
	}
	return 128
}

package gonumlapack

// Up to these orders a part is not divided further.
const (
	luColumns        = 8  // of a panel that LU eliminates in one loop
	choleskyOrder    = 24 // of a triangle factored by gonum's Dpotf2
	triangleOrder    = 24 // of a triangle inverted by gonum's Dtrti2, or multiplied by its Dlauu2
	reflectorsLeaf   = 8  // reflectors found by gonum's Dgelq2
	fewestReflectors = 16 // that are not left to gonum
	leafOfT          = 16 // of a part of T found column by column
)

// half divides n in two, the first part a multiple of unit where n allows.
func half(n, unit int) int {
	h := n / 2
	if h > unit {
		h = (h + unit - 1) / unit * unit
	}
	return h
}

// reflectorBlock is the number of reflectors that are applied at a time, of k.
func reflectorBlock(k int) int {
	switch {
	case k <= 128:
		return 32
	case k <= 1536:
		return 64
	default:
		return 128
	}
}

// inverseColumns is the width of Dgetri's blocks.
func inverseColumns(n int) int {
	if n <= 512 {
		return 64
	}
	return 128
}

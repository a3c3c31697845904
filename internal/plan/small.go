package plan

import "github.com/targetprop/targetprop/internal/simd/isa"

// smallSize is the size, in each direction, up to which preparations cost more than
// they save. It is a power of two.
const smallSize = 64

// IsSmall tells whether a product is computed from its factors where they are, if B is
// not transposed and A not scaled. It is asked before a plan is made: the smallest
// products take half the time of a plan. No side is empty, nor negative.
func IsSmall(i isa.ISA, panel, m, n, k int) bool {
	return uint(m-1)|uint(k-1)|uint(n-1) < smallSize && i != isa.Generic && (n%panel == 0 || i.TilesAnyWidth())
}

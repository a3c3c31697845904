package plan

import "github.com/targetprop/targetprop/internal/simd/isa"

// smallSize is the longest side of a small product: up to it preparations cost more than
// they save. It is a power of two, so that one comparison asks for all sides.
const smallSize = 64

// IsSmall tells whether a product is computed from its factors where they are. It is for
// a B that is not transposed and an A that is not scaled, and asked before a plan is made:
// a plan would take twice as long as the smallest products. A side that is empty or
// negative makes it false.
func IsSmall(i isa.ISA, panel, m, n, k int) bool {
	return uint(m-1)|uint(k-1)|uint(n-1) < smallSize && i != isa.Generic && (n%panel == 0 || i.TilesAnyWidth())
}

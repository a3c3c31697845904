// Package strided brings the elements of a vector together that lie apart, and back. It lends
// the memory for that, and for other copies.
//
// A vector of n elements with an increment begins at [First]; from there each next one is
// an increment on, or back.
package strided

import "github.com/targetprop/targetprop/internal/view"

// First is where a vector of n elements begins: with a negative increment at the end.
func First(n, inc int) int {
	if inc < 0 {
		return (1 - n) * inc
	}
	return 0
}

// Gather copies the elements of x from first on, inc apart, to dst.
func Gather[T view.Float](dst, x []T, first, inc int) {
	for j := range dst {
		dst[j] = x[first]
		first += inc
	}
}

// Scatter copies src to the elements of x from first on, inc apart.
func Scatter[T view.Float](src, x []T, first, inc int) {
	for _, e := range src {
		x[first] = e
		first += inc
	}
}

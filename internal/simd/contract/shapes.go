package contract

import "github.com/targetprop/targetprop/internal/simd/isa"

// Lengths are rows of all lengths to twice unroll, the elements that a kernel
// computes at a time, and one more; and longer ones, the last of several calls.
func Lengths(unroll int) []Shape {
	var s []Shape
	for n := range 2*unroll + 2 {
		s = append(s, Shape{M: 1 + n%3, N: n})
	}
	return append(s, Shape{M: 1, N: 1000}, Shape{M: 9, N: 8197}, Shape{M: 1, N: 2*isa.CallElements + 77})
}

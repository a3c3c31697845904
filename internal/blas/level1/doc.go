// Package level1 is the first level of BLAS, vectors: sums of them in the order that
// package sum states, and changes of their elements.
//
// n, increments and slices have been checked; the element of a negative increment's vector
// that comes first lies last. Threads share long vectors of unit increments, elements and
// never sums. rotg and rotmg, a few numbers each, are the caller's.
package level1

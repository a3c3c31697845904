// Package level3 computes the matrix products of the BLAS that have a symmetric or a
// triangular operand, for both types of elements: nearly all of their work is
// product.Gemm on large parts.
//
// Arguments have been checked, and no side is empty. Matrices do not overlap. Of a
// triangle nothing but itself is read, and of a result that is one nothing else is
// written.
//
// # Bits
//
// The bits of a result depend on its shape alone, and not on the instruction set, the
// number of threads or strides. Sizes of blocks are therefore constants (sizes.go), the
// same for all machines; threads divide results only.
//
// [Gemm], [Symm], [Syrk] and [Syr2k] give the bits of product.Gemm on whole matrices: each
// element is one chain of fused multiply-adds, ascending, that begins with beta*c; alpha is
// multiplied into the left factor first. That of Syr2k goes on with its second product.
// Symm, Syrk and Syr2k that are small by sizes.go are loops instead, which add up rounded
// products and then alpha times the sum to beta*c.
//
// An element of [Trmm] and [Trsm] has its terms block by block, each a chain, those of its own
// block first, or last. In the triangles on the diagonal they are such a chain, or a sum of
// rounded products, by the shape of b; a solution divides in loops where a number on the
// diagonal has no inverse to multiply by.
package level3

import "github.com/targetprop/targetprop/internal/view"

// part is the rows r0 to r1-1 and columns c0 to c1-1, neither of them none.
func part[T view.Float](m view.Matrix[T], r0, r1, c0, c1 int) view.Matrix[T] {
	return view.Matrix[T]{Rows: r1 - r0, Cols: c1 - c0, Data: m.Data[r0*m.Stride+c0:], Stride: m.Stride}
}

// terms is how many terms an element of op(a)*op(b) has.
func terms[T view.Float](trans bool, a *view.Matrix[T]) int {
	if trans {
		return a.Rows
	}
	return a.Cols
}

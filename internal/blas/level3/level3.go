// Package level3 computes the matrix products of the BLAS that have a symmetric or a
// triangular operand, for both types of elements: nearly all of their work is
// [product.Gemm] on large parts.
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
// [Symm], [Syrk] and [Syr2k] give the bits of Gemm on the whole matrices, but for the
// smallest: each element is one chain of fused multiply-adds, ascending, that begins with
// beta*c; alpha is multiplied into the left factor first. That of Syr2k goes on with its
// second product.
//
// In the loops of the smallest problems, and in the triangles on the diagonal of the
// others, products and sums are rounded separately.
package level3

import (
	"github.com/targetprop/targetprop/internal/engine"
	"github.com/targetprop/targetprop/internal/product"
	"github.com/targetprop/targetprop/internal/view"
)

// Gemm computes c = alpha*op(a)*op(b) + beta*c, where op transposes its matrix if transA or
// transB says so: [product.Gemm] with what the BLAS says of an alpha of 0.
func Gemm[T view.Float](on engine.Core, transA, transB bool, alpha T, a, b view.Matrix[T], beta T, c view.Matrix[T]) {
	if alpha == 0 {
		view.Scale(c, beta)
		return
	}
	gemm(on, transA, transB, alpha, a, b, beta, c)
}

// gemm is Gemm with an alpha that is not 0.
func gemm[T view.Float](on engine.Core, transA, transB bool, alpha T, a, b view.Matrix[T], beta T, c view.Matrix[T]) {
	if !transB && alpha == 1 && (beta == 0 || beta == 1) && product.Small(on.ISA, transA, &a, &b, &c, beta == 0) {
		return
	}
	product.Gemm(on.Pool, on.ISA, transA, transB, alpha, a, b, beta, c)
}

// part is the rows r0 to r1-1 and columns c0 to c1-1, neither of them none.
func part[T view.Float](m view.Matrix[T], r0, r1, c0, c1 int) view.Matrix[T] {
	return view.Matrix[T]{Rows: r1 - r0, Cols: c1 - c0, Data: m.Data[r0*m.Stride+c0:], Stride: m.Stride}
}

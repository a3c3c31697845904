package level3

import (
	"github.com/targetprop/targetprop/internal/blas/strided"
	"github.com/targetprop/targetprop/internal/engine"
	"github.com/targetprop/targetprop/internal/plan"
	"github.com/targetprop/targetprop/internal/product"
	"github.com/targetprop/targetprop/internal/simd/pack"
	"github.com/targetprop/targetprop/internal/simd/tile"
	"github.com/targetprop/targetprop/internal/view"
)

// Gemm computes c = alpha*op(a)*op(b) + beta*c, where op transposes its matrix if transA or
// transB says so: [product.Gemm] with what the BLAS says of an alpha of 0, and with a
// shorter way for small products.
func Gemm[T view.Float](on engine.Core, transA, transB bool, alpha T, a, b view.Matrix[T], beta T, c view.Matrix[T]) {
	if alpha == 0 {
		view.Scale(c, beta)
		return
	}
	gemm(on, transA, transB, alpha, a, b, beta, c)
}

// gemm is Gemm with an alpha that is not 0.
func gemm[T view.Float](on engine.Core, transA, transB bool, alpha T, a, b view.Matrix[T], beta T, c view.Matrix[T]) {
	m, n, k := c.Rows, c.Cols, terms(transA, &a)
	if !plan.IsSmall(on.ISA, view.Panel[T](), m, n, k) || !tile.Assembled[T](on.ISA) {
		product.Gemm(on.Pool, on.ISA, transA, transB, alpha, a, b, beta, c)
		return
	}
	if beta != 0 && beta != 1 {
		view.Scale(c, beta)
		beta = 1
	}
	if alpha == 1 && !transB && product.Small(on.ISA, transA, &a, &b, &c, beta == 0) {
		return
	}
	if max(m, n, k) > mostCopied {
		product.Gemm(on.Pool, on.ISA, transA, transB, alpha, a, b, beta, c)
		return
	}
	smallGemm(on, transA, transB, alpha, a, b, beta, c)
}

// mostCopied is the size, in each direction, up to which it is faster to copy a factor for
// [product.Small] than to plan: 1.1 times at 16, twice at 8.
const mostCopied = 20

// smallGemm copies what [product.Small] does not take as it is.
func smallGemm[T view.Float](on engine.Core, transA, transB bool, alpha T, a, b view.Matrix[T], beta T, c view.Matrix[T]) {
	left, right := strided.Borrow[T](), strided.Borrow[T]()
	if alpha != 1 {
		scaled := matrix(left, a.Rows, a.Cols)
		for i := range a.Rows {
			row := scaled.Row(i)
			for j, x := range a.Row(i) {
				row[j] = alpha * x
			}
		}
		a = scaled
	}
	if transB {
		turned := matrix(right, b.Cols, b.Rows)
		pack.Turn(b.Rows, b.Cols, b.Data, b.Stride, turned.Data, turned.Stride)
		b = turned
	}
	if !product.Small(on.ISA, transA, &a, &b, &c, beta == 0) {
		product.Gemm(on.Pool, on.ISA, transA, false, 1, a, b, beta, c)
	}
	left.Return()
	right.Return()
}

// addProduct is c += a*b for an a of few rows and columns, read where it is: without a plan,
// which costs as much as 16 rows of 16 terms.
func addProduct[T view.Float](on engine.Core, a, b, c view.Matrix[T]) {
	if tile.Assembled[T](on.ISA) && (on.ISA.TilesAnyWidth() || c.Cols%view.Panel[T]() == 0) {
		tile.Small(on.ISA, false, &a, &b, &c, false)
		return
	}
	product.Gemm(on.Pool, on.ISA, false, false, 1, a, b, 1, c)
}

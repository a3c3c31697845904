package kernels

import (
	"fmt"
	"runtime"

	"github.com/targetprop/targetprop/internal/product"
	"github.com/targetprop/targetprop/internal/view"
)

// Gemm computes c = alpha*op(a)*op(b) + beta*c, as SGEMM of the BLAS. op(a) is
// M x K: a itself or, with transA, its transpose. op(b) is K x N, c is M x N. c
// must not overlap a or b. With beta = 0 its old content does not matter, NaN
// included.
//
// Each element is one chain of fused multiply-adds over the inner dimension,
// ascending. The chain begins with beta*c. alpha is multiplied into a first;
// with alpha = 0 neither a nor b is looked at.
// [Engine.PlanGemm] says how a product is computed.
func (e *Engine) Gemm(transA, transB bool, alpha float32, a, b Matrix, beta float32, c Matrix) {
	e.checkNil()
	if !view.Apart(c.Data, a.Data) || !view.Apart(c.Data, b.Data) {
		checkGemmApart(transA, transB, viewOf(&a), viewOf(&b), viewOf(&c))
	}
	if isPlain(transB, alpha, beta) && product.Small(e.isa, transA, viewOf(&a), viewOf(&b), viewOf(&c), beta == 0) {
		return
	}
	gemm(e, transA, transB, alpha, viewOf(&a), viewOf(&b), beta, viewOf(&c))
}

// Gemm64 is [Engine.Gemm] of float64, as DGEMM of the BLAS.
func (e *Engine) Gemm64(transA, transB bool, alpha float64, a, b Matrix64, beta float64, c Matrix64) {
	e.checkNil()
	if !view.Apart(c.Data, a.Data) || !view.Apart(c.Data, b.Data) {
		checkGemmApart(transA, transB, viewOf64(&a), viewOf64(&b), viewOf64(&c))
	}
	if isPlain(transB, alpha, beta) && product.Small(e.isa, transA, viewOf64(&a), viewOf64(&b), viewOf64(&c), beta == 0) {
		return
	}
	gemm(e, transA, transB, alpha, viewOf64(&a), viewOf64(&b), beta, viewOf64(&c))
}

// GemmRight computes c = alpha*op(a)*b + beta*c, as [Engine.Gemm] does and with the same bits,
// from a right factor that is packed already: what sgemm_pack and sgemm_compute are to SGEMM
// in MKL. It saves most where few rows meet a large b, or a transposed one. c must not overlap
// a.
func (e *Engine) GemmRight(transA bool, alpha float32, a Matrix, b Right, beta float32, c Matrix) {
	e.checkNil()
	if !view.Apart(c.Data, a.Data) {
		checkRightApart(viewOf(&a), viewOf(&c))
	}
	if isPlain(false, alpha, beta) && b.intact() && product.SmallRight(e.isa, transA, viewOf(&a), &b.packed, viewOf(&c), beta == 0) {
		return
	}
	gemmRight(e, transA, alpha, a.view(), b.Rows, b.Cols, b.packed, beta, c.view())
}

// GemmRight64 is [Engine.GemmRight] of float64.
func (e *Engine) GemmRight64(transA bool, alpha float64, a Matrix64, b Right64, beta float64, c Matrix64) {
	e.checkNil()
	if !view.Apart(c.Data, a.Data) {
		checkRightApart(viewOf64(&a), viewOf64(&c))
	}
	if isPlain(false, alpha, beta) && b.intact() && product.SmallRight(e.isa, transA, viewOf64(&a), &b.packed, viewOf64(&c), beta == 0) {
		return
	}
	gemmRight(e, transA, alpha, a.view(), b.Rows, b.Cols, b.packed, beta, c.view())
}

// isPlain tells whether a product may be a small one: see product.Small.
func isPlain[T view.Float](transB bool, alpha, beta T) bool {
	return !transB && alpha == 1 && (beta == 0 || beta == 1)
}

// gemm is Gemm for both types of elements, for what is not small.
func gemm[T view.Float](e *Engine, transA, transB bool, alpha T, a, b *view.Matrix[T], beta T, c *view.Matrix[T]) {
	m, n, k := checkGemm(transA, transB, a, b, c)
	if m == 0 || n == 0 {
		return
	}
	if k == 0 || alpha == 0 {
		view.Scale(*c, beta)
		return
	}
	e.checkOpen(beta != 0 && beta != 1)
	product.Gemm(e.pool, e.isa, transA, transB, alpha, *a, *b, beta, *c)
	runtime.KeepAlive(e)
}

// checkOpen panics if the engine is closed, for a product that scales its result first.
func (e *Engine) checkOpen(scales bool) {
	if scales {
		e.pool.CheckOpen()
	}
}

// checkGemm panics unless the matrices match and hold their elements. c is m x n, and each
// of its elements takes k multiply-adds.
func checkGemm[T view.Float](transA, transB bool, a, b, c *view.Matrix[T]) (m, n, k int) {
	m, k = a.Rows, a.Cols
	if transA {
		m, k = k, m
	}
	kb, n := b.Rows, b.Cols
	if transB {
		kb, n = n, kb
	}
	checkData(*a, "the left factor of Gemm")
	checkData(*b, "the right factor of Gemm")
	if k != kb {
		panic(fmt.Sprintf("kernels: Gemm of %d x %d by %d x %d", m, k, kb, n))
	}
	check(*c, "the result of Gemm", m, n)
	return m, n, k
}

// checkGemmApart panics if the result overlaps a factor, or what checkGemm refuses. Parts of one
// matrix may lie beside each other.
func checkGemmApart[T view.Float](transA, transB bool, a, b, c *view.Matrix[T]) {
	checkGemm(transA, transB, a, b, c)
	operand{"the result of Gemm", c.Region()}.checkApart(operand{"the left factor of Gemm", a.Region()}, operand{"the right factor of Gemm", b.Region()})
}

// checkRightApart is checkGemmApart for GemmRight, whose right factor is a copy.
func checkRightApart[T view.Float](a, c *view.Matrix[T]) {
	checkData(*a, "the left factor of GemmRight")
	checkData(*c, "the result of GemmRight")
	operand{"the result of GemmRight", c.Region()}.checkApart(operand{"the left factor of GemmRight", a.Region()})
}

// gemmRight is GemmRight for both types of elements. b is said to be of rows x cols.
func gemmRight[T view.Float](e *Engine, transA bool, alpha T, a view.Matrix[T], rows, cols int, b product.Right[T], beta T, c view.Matrix[T]) {
	m, k := a.Rows, a.Cols
	if transA {
		m, k = k, m
	}
	checkData(a, "the left factor of GemmRight")
	switch {
	case rows != b.Rows || cols != b.Cols || !b.Holds():
		panic(fmt.Sprintf("kernels: the right factor of GemmRight is not what PackRight returns for %d x %d", rows, cols))
	case b.ISA != e.isa:
		panic(fmt.Sprintf("kernels: the right factor of GemmRight was packed for %v, and this engine is for %v", ISA(b.ISA), e.ISA()))
	case k != rows:
		panic(fmt.Sprintf("kernels: the right factor of GemmRight is %d x %d, by a left one of %d x %d", rows, cols, m, k))
	}
	check(c, "the result of GemmRight", m, cols)
	if m == 0 || cols == 0 {
		return
	}
	if k == 0 || alpha == 0 {
		view.Scale(c, beta)
		return
	}
	e.checkOpen(beta != 0 && beta != 1)
	product.GemmRight(e.pool, e.isa, transA, alpha, a, b, beta, c)
	runtime.KeepAlive(e)
}

package kernels

import (
	"fmt"
	"runtime"
	"unsafe"

	"github.com/targetprop/targetprop/internal/product"
	"github.com/targetprop/targetprop/internal/view"
)

// Gemm computes c = alpha*op(a)*op(b) + beta*c, as SGEMM of the BLAS. op(a) is
// M x K: a itself or, with transA, its transpose. op(b) is K x N, c is M x N. c
// must not overlap a or b. With beta = 0 its old content does not matter, NaN
// included.
//
// Each element is one chain of fused multiply-adds over the inner dimension,
// ascending. The chain begins with beta*c. alpha is multiplied into a first.
// [Engine.PlanGemm] says how a product is computed.
func (e *Engine) Gemm(transA, transB bool, alpha float32, a, b Matrix, beta float32, c Matrix) {
	if !transB && alpha == 1 && (beta == 0 || beta == 1) && product.Small(e.isa, transA, viewOf(&a), viewOf(&b), viewOf(&c), beta == 0) {
		return
	}
	m, n, k := checkGemm(transA, transB, a, b, c)
	if m == 0 || n == 0 {
		return
	}
	if k == 0 || alpha == 0 {
		view.Scale(c.view(), beta)
		return
	}
	product.Gemm(e.pool, e.isa, transA, transB, alpha, a.view(), b.view(), beta, c.view())
	runtime.KeepAlive(e)
}

// viewOf is m as the packages below have it, in its place. A copy of the fields would take
// a tenth of the time of the smallest products.
func viewOf(m *Matrix) *view.Matrix[float32] { return (*view.Matrix[float32])(unsafe.Pointer(m)) }

// checkGemm panics unless the matrices match and hold their elements. c is m x n, and each
// of its elements takes k multiply-adds.
func checkGemm(transA, transB bool, a, b, c Matrix) (m, n, k int) {
	m, k = a.Rows, a.Cols
	if transA {
		m, k = k, m
	}
	kb, n := b.Rows, b.Cols
	if transB {
		kb, n = n, kb
	}
	a.checkData("the left factor of Gemm")
	b.checkData("the right factor of Gemm")
	if k != kb {
		panic(fmt.Sprintf("kernels: Gemm of %d x %d by %d x %d", m, k, kb, n))
	}
	c.check("the result of Gemm", m, n)
	return m, n, k
}

package kernels

import "fmt"

// Gemm computes c = alpha*op(a)*op(b) + beta*c, where op transposes its matrix
// if transA or transB says so, as SGEMM of the BLAS. c must not overlap a or b;
// with beta = 0 its old content does not matter, NaN included.
//
// Each element is one chain of fused multiply-adds over the inner dimension,
// ascending, that begins with beta*c; alpha is multiplied into a first.
func (e *Engine) Gemm(transA, transB bool, alpha float32, a, b Matrix, beta float32, c Matrix) {
	if !transB && alpha == 1 && (beta == 0 || beta == 1) && smallGemm(e.isa, transA, &a, &b, &c, beta == 0) {
		return
	}
	m, k := a.Rows, a.Cols
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
	if m == 0 || n == 0 {
		return
	}
	if k == 0 || alpha == 0 {
		scaleRows(c, beta)
		return
	}
	if beta != 0 && beta != 1 {
		scaleRows(c, beta)
		e.Gemm(transA, transB, alpha, a, b, 1, c)
		return
	}
	e.blockedGemm(transA, transB, alpha, a, b, beta, c)
}

// scaleRows computes c *= factor; 0 clears even NaN, 1 touches nothing.
func scaleRows(c Matrix, factor float32) {
	if factor == 1 {
		return
	}
	for i := range c.Rows {
		row := c.Row(i)
		if factor == 0 {
			clear(row)
			continue
		}
		for j := range row {
			row[j] *= factor
		}
	}
}

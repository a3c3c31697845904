package kernels

import "fmt"

// Gemm computes c = alpha*op(a)*op(b) + beta*c, where op transposes its matrix
// if transA or transB says so, as SGEMM of the BLAS. c must not overlap a or b;
// with beta = 0 its old content does not matter, NaN included.
//
// Each element is one chain of fused multiply-adds over the inner dimension,
// ascending, that begins with beta*c; alpha is multiplied into a first.
func (e *Engine) Gemm(transA, transB bool, alpha float32, a, b Matrix, beta float32, c Matrix) {
	m, k := a.Rows, a.Cols
	if transA {
		m, k = k, m
	}
	kb, n := b.Rows, b.Cols
	if transB {
		kb, n = n, kb
	}
	if k != kb || c.Rows != m || c.Cols != n || !a.holds() || !b.holds() || !c.holds() {
		a.checkData("the left factor of Gemm")
		b.checkData("the right factor of Gemm")
		if k != kb {
			panic(fmt.Sprintf("kernels: Gemm of %d x %d by %d x %d", m, k, kb, n))
		}
		c.check("the result of Gemm", m, n)
	}
	if m == 0 || n == 0 {
		return
	}
	if alpha == 0 {
		k = 0
	}
	if beta != 1 && (beta != 0 || k == 0) {
		scaleRows(c, beta)
		beta = 1
	}
	if k == 0 {
		return
	}
	if !transB && alpha == 1 && max(m, n, k) <= smallProduct && (n%Panel == 0 || e.isa.tilesAnyWidth()) {
		smallGemm(e.isa, transA, &a, &b, &c, m, k, beta == 0)
		return
	}
	e.blockedGemm(transA, transB, alpha, a, b, beta, c, m, n, k)
}

// scaleRows computes c *= factor; 0 clears even NaN.
func scaleRows(c Matrix, factor float32) {
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

// smallProduct is the size up to which preparations cost more than they save.
const smallProduct = 64

// smallGemm computes a product whose factors are read where they are.
func smallGemm(isa ISA, transA bool, a, b, c *Matrix, m, k int, zero bool) {
	var t tileArgs
	t.k = k
	t.a.row, t.a.k = a.Stride, 1
	if transA {
		t.a.row, t.a.k = 1, a.Stride
	}
	t.b.next, t.b.row = Panel, b.Stride
	t.c.next, t.c.row = Panel, c.Stride
	t.init.data = zeroPanel[:]
	if !zero {
		t.init.next, t.init.row = Panel, c.Stride
	}
	t.a.data, t.rows = a.Data, m
	for col := 0; col < c.Cols; col += t.columns {
		t.columns = isa.tileColumns(c.Cols - col)
		t.b.data, t.c.data = b.Data[col:], c.Data[col:]
		if !zero {
			t.init.data = t.c.data
		}
		tile(isa, &t)
	}
}

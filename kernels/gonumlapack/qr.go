package gonumlapack

import (
	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/blas64"
)

// Dgeqrf computes the QR factorization of a. Panels of columns are transposed into the
// workspace, where their reflectors are contiguous, and factored there recursively.
func (i Implementation) Dgeqrf(m, n int, a []float64, lda int, tau, work []float64, lwork int) {
	refuseHuge("a", m, n, lda)
	k := min(m, n)
	if k < fewestColumns || m < fewestRows || lda < n || len(work) < max(1, lwork) {
		i.Implementation.Dgeqrf(m, n, a, lda, tau, work, alone(work, lwork, n))
		return
	}
	area := func(nb int) int { return nb * (m + n + nb) }
	wanted := reflectorBlock(k, n)
	if lwork == -1 {
		work[0] = float64(area(wanted))
		return
	}
	nb := blockWithin(lwork, wanted, area)
	if nb == 0 || !storesMatrix(m, n, a, lda) || len(tau) != k {
		i.Implementation.Dgeqrf(m, n, a, lda, tau, work, alone(work, lwork, n))
		return
	}
	b := blas64.Implementation()
	t, panel, w := work[:nb*nb], work[nb*nb:nb*nb+nb*m], work[nb*nb+nb*m:]
	for j := 0; j < k; j += nb {
		jb, rows := min(nb, k-j), m-j
		at := a[j*lda+j:]
		transpose(rows, jb, at, lda, panel)
		right := n - j - jb
		factorRows(b, jb, rows, panel, rows, tau[j:j+jb], right > 0, t, nb, w)
		transposeBack(rows, jb, panel, at, lda)
		if right > 0 {
			h := block{Float64: b, k: jb, v: panel, ldv: rows, byRows: true, t: t, ldt: nb}
			h.applyLeft(blas.Trans, rows, right, at[jb:], lda, w, right)
		}
	}
	work[0] = float64(area(wanted))
}

// linesAtOnce are the rows that a transposition takes together: as many numbers as a line of
// the cache.
const linesAtOnce = 8

// transpose stores the m x n matrix a as n rows of m in p.
func transpose(m, n int, a []float64, lda int, p []float64) {
	for i := 0; i < m; i += linesAtOnce {
		rows := min(linesAtOnce, m-i)
		for j := range n {
			to := p[j*m+i : j*m+i+rows]
			for r := range to {
				to[r] = a[(i+r)*lda+j]
			}
		}
	}
}

// transposeBack is the inverse of transpose.
func transposeBack(m, n int, p, a []float64, lda int) {
	for i := 0; i < m; i += linesAtOnce {
		rows := min(linesAtOnce, m-i)
		for j := range n {
			for r, v := range p[j*m+i : j*m+i+rows] {
				a[(i+r)*lda+j] = v
			}
		}
	}
}

// Dgelqf computes the LQ factorization of a, panels of rows recursively.
func (i Implementation) Dgelqf(m, n int, a []float64, lda int, tau, work []float64, lwork int) {
	refuseHuge("a", m, n, lda)
	k := min(m, n)
	if k < fewestLQ || lda < n || len(work) < max(1, lwork) {
		i.Implementation.Dgelqf(m, n, a, lda, tau, work, alone(work, lwork, m))
		return
	}
	area := func(nb int) int { return nb * (m + nb) }
	wanted := reflectorBlock(k, m)
	if lwork == -1 {
		work[0] = float64(area(wanted))
		return
	}
	nb := blockWithin(lwork, wanted, area)
	if nb == 0 || !storesMatrix(m, n, a, lda) || len(tau) < k {
		i.Implementation.Dgelqf(m, n, a, lda, tau, work, alone(work, lwork, m))
		return
	}
	b := blas64.Implementation()
	t, w := work[:nb*nb], work[nb*nb:]
	for j := 0; j < k; j += nb {
		jb := min(nb, k-j)
		at := a[j*lda+j:]
		below := m - j - jb
		factorRows(b, jb, n-j, at, lda, tau[j:j+jb], below > 0, t, nb, w)
		if below > 0 {
			h := block{Float64: b, k: jb, v: at, ldv: lda, byRows: true, t: t, ldt: nb}
			h.applyRight(blas.NoTrans, below, n-j, at[jb*lda:], lda, w, jb)
		}
	}
	work[0] = float64(area(wanted))
}

// Dormqr multiplies c by the orthogonal matrix of a QR factorization.
func (i Implementation) Dormqr(side blas.Side, trans blas.Transpose, m, n, k int, a []float64, lda int, tau, c []float64, ldc int, work []float64, lwork int) {
	order, least := sides(side, m, n)
	refuseHuge("a", order, k, lda)
	refuseHuge("c", m, n, ldc)
	if !multiplyQ(false, side, trans, m, n, k, a, lda, tau, c, ldc, work, lwork) {
		i.Implementation.Dormqr(side, trans, m, n, k, a, lda, tau, c, ldc, work, alone(work, lwork, least))
	}
}

// Dormlq multiplies c by the orthogonal matrix of an LQ factorization.
func (i Implementation) Dormlq(side blas.Side, trans blas.Transpose, m, n, k int, a []float64, lda int, tau, c []float64, ldc int, work []float64, lwork int) {
	refuseHuge("a", k, max(m, n), lda)
	refuseHuge("c", m, n, ldc)
	if !multiplyQ(true, side, trans, m, n, k, a, lda, tau, c, ldc, work, lwork) {
		_, least := sides(side, m, n)
		i.Implementation.Dormlq(side, trans, m, n, k, a, lda, tau, c, ldc, work, alone(work, lwork, least))
	}
}

// multiplyQ is Dormqr, and by rows Dormlq. It returns false for what it leaves to gonum's.
func multiplyQ(byRows bool, side blas.Side, trans blas.Transpose, m, n, k int, a []float64, lda int, tau, c []float64, ldc int, work []float64, lwork int) bool {
	order, across := sides(side, m, n)
	rows, cols := order, k
	if byRows {
		rows, cols = k, order
	}
	if side != blas.Left && side != blas.Right || trans != blas.NoTrans && trans != blas.Trans ||
		m <= 0 || n <= 0 || k < fewestApplied || k > order || lda < cols || ldc < n || len(work) < max(1, lwork) {
		return false
	}
	area := func(nb int) int { return nb * (across + nb) }
	wanted := reflectorBlock(k, across)
	if lwork == -1 {
		work[0] = float64(area(wanted))
		return true
	}
	nb := blockWithin(lwork, wanted, area)
	if nb == 0 || lwork < across || !storesMatrix(rows, cols, a, lda) || len(tau) != k || !storesMatrix(m, n, c, ldc) {
		return false
	}
	// The matrix of a QR factorization is H_0*H_1*..., that of an LQ factorization
	// the transpose of that.
	apply := trans
	if byRows {
		apply = other(trans)
	}
	b := blas64.Implementation()
	t, w := work[:nb*nb], work[nb*nb:]
	blocks := (k + nb - 1) / nb
	ascending := (side == blas.Left) == (apply == blas.Trans)
	for step := range blocks {
		j := step * nb
		if !ascending {
			j = (blocks - 1 - step) * nb
		}
		jb := min(nb, k-j)
		h := block{Float64: b, k: jb, v: a[j*lda+j:], ldv: lda, byRows: byRows, t: t, ldt: nb}
		h.formT(order-j, tau[j:])
		if side == blas.Left {
			h.applyLeft(apply, m-j, n, c[j*ldc:], ldc, w, n)
		} else {
			h.applyRight(apply, m, n-j, c[j:], ldc, w, jb)
		}
	}
	work[0] = float64(area(wanted))
	return true
}

// sides are the order of Q, and the number of columns or rows that it is multiplied by.
func sides(side blas.Side, m, n int) (order, across int) {
	if side == blas.Right {
		return n, m
	}
	return m, n
}

func other(t blas.Transpose) blas.Transpose {
	if t == blas.NoTrans {
		return blas.Trans
	}
	return blas.NoTrans
}

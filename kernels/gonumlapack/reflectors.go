package gonumlapack

import (
	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/lapack/gonum"
)

// A block is the product H = I - V*T*Vᵀ of k elementary reflectors, H_0 first. The column j of
// V begins with j zeros and a one, neither of them stored.
type block struct {
	blas.Float64
	k      int
	v      []float64
	ldv    int
	byRows bool      // v stores Vᵀ, as an LQ factorization leaves it
	t      []float64 // upper triangular
	ldt    int
}

// stored are the triangle that holds the first k rows of V, the rest of V, and how v is to be
// read to give V and Vᵀ.
func (h block) stored() (uplo blas.Uplo, rest []float64, v, vt blas.Transpose) {
	if h.byRows {
		return blas.Upper, h.v[min(h.k, len(h.v)):], blas.Trans, blas.NoTrans
	}
	return blas.Lower, h.v[min(h.k*h.ldv, len(h.v)):], blas.NoTrans, blas.Trans
}

// applyLeft computes c = H*c, or Hᵀ*c, of m x n. Its workspace w is k x n.
func (h block) applyLeft(trans blas.Transpose, m, n int, c []float64, ldc int, w []float64, ldw int) {
	if n == 0 {
		return
	}
	uplo, rest, v, vt := h.stored()
	for i := range h.k {
		copy(w[i*ldw:i*ldw+n], c[i*ldc:i*ldc+n])
	}
	h.Dtrmm(blas.Left, uplo, vt, blas.Unit, h.k, n, 1, h.v, h.ldv, w, ldw)
	if m > h.k {
		h.Dgemm(vt, blas.NoTrans, h.k, n, m-h.k, 1, rest, h.ldv, c[h.k*ldc:], ldc, 1, w, ldw)
	}
	h.Dtrmm(blas.Left, blas.Upper, trans, blas.NonUnit, h.k, n, 1, h.t, h.ldt, w, ldw)
	if m > h.k {
		h.Dgemm(v, blas.NoTrans, m-h.k, n, h.k, -1, rest, h.ldv, w, ldw, 1, c[h.k*ldc:], ldc)
	}
	h.Dtrmm(blas.Left, uplo, v, blas.Unit, h.k, n, 1, h.v, h.ldv, w, ldw)
	subtract(h.k, n, c, ldc, w, ldw)
}

// applyRight computes c = c*H, or c*Hᵀ, of m x n. Its workspace w is m x k.
func (h block) applyRight(trans blas.Transpose, m, n int, c []float64, ldc int, w []float64, ldw int) {
	if m == 0 {
		return
	}
	uplo, rest, v, vt := h.stored()
	for i := range m {
		copy(w[i*ldw:i*ldw+h.k], c[i*ldc:i*ldc+h.k])
	}
	h.Dtrmm(blas.Right, uplo, v, blas.Unit, m, h.k, 1, h.v, h.ldv, w, ldw)
	if n > h.k {
		h.Dgemm(blas.NoTrans, v, m, h.k, n-h.k, 1, c[h.k:], ldc, rest, h.ldv, 1, w, ldw)
	}
	h.Dtrmm(blas.Right, blas.Upper, trans, blas.NonUnit, m, h.k, 1, h.t, h.ldt, w, ldw)
	if n > h.k {
		h.Dgemm(blas.NoTrans, vt, m, n-h.k, h.k, -1, w, ldw, rest, h.ldv, 1, c[h.k:], ldc)
	}
	h.Dtrmm(blas.Right, uplo, vt, blas.Unit, m, h.k, 1, h.v, h.ldv, w, ldw)
	subtract(m, h.k, c, ldc, w, ldw)
}

func subtract(rows, cols int, c []float64, ldc int, w []float64, ldw int) {
	for i := range rows {
		to := c[i*ldc : i*ldc+cols]
		for j, v := range w[i*ldw : i*ldw+cols] {
			to[j] -= v
		}
	}
}

// formT fills in h.t from the reflectors of order n and their factors. It is Dlarft with the
// long sums in one product: T follows from the small matrix VᵀV.
func (h block) formT(n int, tau []float64) {
	uplo, rest, v, vt := h.stored()
	k := h.k
	for i := range k {
		row := h.t[i*h.ldt : i*h.ldt+k]
		clear(row[:i])
		row[i] = 1
		for j := i + 1; j < k; j++ {
			if h.byRows {
				row[j] = h.v[i*h.ldv+j]
			} else {
				row[j] = h.v[j*h.ldv+i]
			}
		}
	}
	h.Dtrmm(blas.Right, uplo, v, blas.Unit, k, k, 1, h.v, h.ldv, h.t, h.ldt)
	if n > k {
		h.Dsyrk(blas.Upper, vt, k, n-k, 1, rest, h.ldv, 1, h.t, h.ldt)
	}
	fillT(h.Float64, k, h.t, h.ldt, tau)
}

// fillT replaces the upper triangle of VᵀV by T.
func fillT(b blas.Float64, k int, t []float64, ldt int, tau []float64) {
	if k <= leafOfT {
		for j := range k {
			b.Dtrmv(blas.Upper, blas.NoTrans, blas.NonUnit, j, t, ldt, t[j:], ldt)
			b.Dscal(j, -tau[j], t[j:], ldt)
			t[j*ldt+j] = tau[j]
		}
		return
	}
	l := half(k, leafOfT)
	fillT(b, l, t, ldt, tau)
	fillT(b, k-l, t[l*ldt+l:], ldt, tau[l:])
	joinT(b, l, k-l, t, ldt)
}

// joinT replaces the product of l and r columns of V beside two finished triangles of T by
// that part of T.
func joinT(b blas.Float64, l, r int, t []float64, ldt int) {
	b.Dtrmm(blas.Left, blas.Upper, blas.NoTrans, blas.NonUnit, l, r, -1, t, ldt, t[l:], ldt)
	b.Dtrmm(blas.Right, blas.Upper, blas.NoTrans, blas.NonUnit, l, r, 1, t[l*ldt+l:], ldt, t[l:], ldt)
}

// factorRows computes the LQ factorization of m x n, n not below m, recursively on the rows, and its
// T if that is wanted. work has m numbers.
func factorRows(b blas.Float64, m, n int, a []float64, lda int, tau []float64, wantT bool, t []float64, ldt int, work []float64) {
	if m <= reflectorsLeaf {
		gonum.Implementation{}.Dgelq2(m, n, a, lda, tau, work)
		if wantT {
			block{Float64: b, k: m, v: a, ldv: lda, byRows: true, t: t, ldt: ldt}.formT(n, tau)
		}
		return
	}
	l := half(m, reflectorsLeaf)
	r := m - l
	factorRows(b, l, n, a, lda, tau[:l], true, t, ldt, work)
	// What is below T serves as workspace until its lower triangle is needed.
	h := block{Float64: b, k: l, v: a, ldv: lda, byRows: true, t: t, ldt: ldt}
	h.applyRight(blas.NoTrans, r, n, a[l*lda:], lda, t[l*ldt:], ldt)
	last := a[l*lda+l:]
	factorRows(b, r, n-l, last, lda, tau[l:], wantT, t[l*ldt+l:], ldt, work)
	if !wantT {
		return
	}
	beside := t[l:]
	for i := range l {
		copy(beside[i*ldt:i*ldt+r], a[i*lda+l:i*lda+m])
	}
	b.Dtrmm(blas.Right, blas.Upper, blas.Trans, blas.Unit, l, r, 1, last, lda, beside, ldt)
	if n > m {
		b.Dgemm(blas.NoTrans, blas.Trans, l, r, n-m, 1, a[m:], lda, last[r:], lda, 1, beside, ldt)
	}
	joinT(b, l, r, t, ldt)
}

// alone is how much of a workspace gonum's routine is told of, so that it applies one reflector at a
// time: the least that it accepts. Its blocks come from its Dlarft, whose T is wrong if the second of
// three reflectors or more ends in zeros before the first does, as in columns of dummy variables.
// A query stays one, and a workspace that is too short.
func alone(work []float64, lwork, least int) int {
	if len(work) < lwork {
		return lwork
	}
	return min(lwork, max(1, least))
}

// within is the workspace that a routine was lent: gonum's clear what is behind it, too.
func within(work []float64, lwork int) []float64 {
	if 0 < lwork && lwork <= len(work) {
		return work[:lwork]
	}
	return work
}

// enough is the workspace, or where it is too short for routines that must not be gonum's, another.
func enough(work []float64, wanted int) []float64 {
	if len(work) < wanted {
		return make([]float64, wanted)
	}
	return work
}

// blockWithin is the greatest number of reflectors, up to nb, for which area(nb) numbers of
// workspace are enough; it is rounded down to whole leaves where nb is not available, and 0
// where that leaves nothing.
func blockWithin(lwork, nb int, area func(nb int) int) int {
	if area(nb) <= lwork {
		return nb
	}
	for nb = (nb - 1) / reflectorsLeaf * reflectorsLeaf; nb > 0 && area(nb) > lwork; {
		nb -= reflectorsLeaf
	}
	return nb
}

package gonumlapack

import (
	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/blas64"
	"gonum.org/v1/gonum/lapack"
)

// Dorgqr forms n columns of the orthogonal matrix of a QR factorization.
func (i Implementation) Dorgqr(m, n, k int, a []float64, lda int, tau, work []float64, lwork int) {
	refuseHuge("a", m, n, lda)
	work = within(work, lwork)
	if k < fewestFormed || k > n || n > m || len(work) < max(1, lwork) {
		i.Implementation.Dorgqr(m, n, k, a, lda, tau, work, alone(work, lwork, n))
		return
	}
	area := func(nb int) int { return nb * (n + nb) }
	wanted := reflectorBlock(k, n)
	if lwork == -1 {
		work[0] = float64(area(wanted))
		return
	}
	nb := blockWithin(lwork, wanted, area)
	if nb == 0 || !storesMatrix(m, n, a, lda) || len(tau) != k {
		i.Implementation.Dorgqr(m, n, k, a, lda, tau, work, alone(work, lwork, n))
		return
	}
	b := blas64.Implementation()
	t, w := work[:nb*nb], work[nb*nb:]
	for r := range m {
		clear(a[r*lda+k : r*lda+n])
	}
	for j := k; j < n; j++ {
		a[j*lda+j] = 1
	}
	for j := (k - 1) / nb * nb; j >= 0; j -= nb {
		jb := min(nb, k-j)
		at := a[j*lda+j:]
		h := block{Float64: b, k: jb, v: at, ldv: lda, t: t, ldt: nb}
		h.formT(m-j, tau[j:])
		right := n - j - jb
		h.applyLeft(blas.NoTrans, m-j, right, at[min(jb, len(at)):], lda, w, right)
		// The columns of the block itself are those of I - V*T*V1ᵀ.
		h.copyT(w)
		b.Dtrmm(blas.Right, blas.Lower, blas.Trans, blas.Unit, jb, jb, 1, at, lda, w, jb)
		if below := m - j - jb; below > 0 {
			b.Dtrmm(blas.Right, blas.Upper, blas.NoTrans, blas.NonUnit, below, jb, -1, w, jb, at[jb*lda:], lda)
		}
		b.Dtrmm(blas.Left, blas.Lower, blas.NoTrans, blas.Unit, jb, jb, -1, at, lda, w, jb)
		for r := range jb {
			row := at[r*lda : r*lda+jb]
			copy(row, w[r*jb:])
			row[r]++
		}
		for r := range j {
			clear(a[r*lda+j : r*lda+j+jb])
		}
	}
	work[0] = float64(area(wanted))
}

// Dorglq forms m rows of the orthogonal matrix of an LQ factorization.
func (i Implementation) Dorglq(m, n, k int, a []float64, lda int, tau, work []float64, lwork int) {
	refuseHuge("a", m, n, lda)
	work = within(work, lwork)
	if k < fewestFormed || k > m || m > n || lda < n || len(work) < max(1, lwork) {
		i.Implementation.Dorglq(m, n, k, a, lda, tau, work, alone(work, lwork, m))
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
		i.Implementation.Dorglq(m, n, k, a, lda, tau, work, alone(work, lwork, m))
		return
	}
	b := blas64.Implementation()
	t, w := work[:nb*nb], work[nb*nb:]
	for r := k; r < m; r++ {
		row := a[r*lda : r*lda+n]
		clear(row)
		row[r] = 1
	}
	for j := (k - 1) / nb * nb; j >= 0; j -= nb {
		jb := min(nb, k-j)
		at := a[j*lda+j:]
		h := block{Float64: b, k: jb, v: at, ldv: lda, byRows: true, t: t, ldt: nb}
		h.formT(n-j, tau[j:])
		h.applyRight(blas.Trans, m-j-jb, n-j, at[min(jb*lda, len(at)):], lda, w, jb)
		// The rows of the block itself are those of I - V1*Tᵀ*Vᵀ.
		h.copyT(w)
		b.Dtrmm(blas.Right, blas.Upper, blas.NoTrans, blas.Unit, jb, jb, 1, at, lda, w, jb)
		if right := n - j - jb; right > 0 {
			b.Dtrmm(blas.Left, blas.Upper, blas.Trans, blas.NonUnit, jb, right, -1, w, jb, at[jb:], lda)
		}
		b.Dtrmm(blas.Left, blas.Upper, blas.Trans, blas.Unit, jb, jb, -1, at, lda, w, jb)
		for r := range jb {
			row := at[r*lda : r*lda+jb]
			for c := range row {
				row[c] = w[c*jb+r]
			}
			row[r]++
			clear(a[(j+r)*lda : (j+r)*lda+j])
		}
	}
	work[0] = float64(area(wanted))
}

// copyT stores T, and zeros below it, as k rows of k in w.
func (h block) copyT(w []float64) {
	for r := range h.k {
		row := w[r*h.k : (r+1)*h.k]
		clear(row[:r])
		copy(row[r:], h.t[r*h.ldt+r:r*h.ldt+h.k])
	}
}

// What reductions leave is gonum's, one reflector at a time: see alone.

// Dorgtr forms the orthogonal matrix of a reduction to tridiagonal form.
func (i Implementation) Dorgtr(uplo blas.Uplo, n int, a []float64, lda int, tau, work []float64, lwork int) {
	i.Implementation.Dorgtr(uplo, n, a, lda, tau, within(work, lwork), alone(work, lwork, n-1))
}

// Dorghr forms the orthogonal matrix of a reduction to Hessenberg form.
func (i Implementation) Dorghr(n, ilo, ihi int, a []float64, lda int, tau, work []float64, lwork int) {
	i.Implementation.Dorghr(n, ilo, ihi, a, lda, tau, within(work, lwork), alone(work, lwork, ihi-ilo))
}

// Dormhr multiplies c by that matrix.
func (i Implementation) Dormhr(side blas.Side, trans blas.Transpose, m, n, ilo, ihi int, a []float64, lda int, tau, c []float64, ldc int, work []float64, lwork int) {
	_, least := sides(side, m, n)
	i.Implementation.Dormhr(side, trans, m, n, ilo, ihi, a, lda, tau, c, ldc, work, alone(work, lwork, least))
}

// Dorgbr forms an orthogonal matrix of a reduction to bidiagonal form.
func (i Implementation) Dorgbr(vect lapack.GenOrtho, m, n, k int, a []float64, lda int, tau, work []float64, lwork int) {
	i.Implementation.Dorgbr(vect, m, n, k, a, lda, tau, within(work, lwork), alone(work, lwork, min(m, n)))
}

// Dormbr multiplies c by such a matrix.
func (i Implementation) Dormbr(vect lapack.ApplyOrtho, side blas.Side, trans blas.Transpose, m, n, k int, a []float64, lda int, tau, c []float64, ldc int, work []float64, lwork int) {
	_, least := sides(side, m, n)
	i.Implementation.Dormbr(vect, side, trans, m, n, k, a, lda, tau, c, ldc, work, alone(work, lwork, least))
}

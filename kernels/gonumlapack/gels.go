package gonumlapack

import (
	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/lapack"
)

// Dgels solves A*X = B or Aᵀ*X = B in the sense of least squares, or where there are many
// solutions finds the smallest, by the QR or LQ factorization above. It returns whether a has
// full rank. It is ours for every order: gonum's scales wrongly what is beyond 1e292 or below 1e-292.
func (i Implementation) Dgels(trans blas.Transpose, m, n, nrhs int, a []float64, lda int, b []float64, ldb int, work []float64, lwork int) bool {
	refuseHuge("a", m, n, lda)
	refuseHuge("b", max(m, n), nrhs, ldb)
	k := min(m, n)
	if trans != blas.NoTrans && trans != blas.Trans || k < 1 || nrhs < 1 || lda < n || ldb < nrhs || len(work) < max(1, lwork) {
		return i.Implementation.Dgels(trans, m, n, nrhs, a, lda, b, ldb, work, lwork)
	}
	i.factor(m, n, a, lda, nil, work, -1)
	wanted := int(work[0])
	i.multiply(m, n, other(trans), nrhs, a, lda, nil, b, ldb, work, -1)
	wanted = k + max(wanted, int(work[0]), k, nrhs)
	if lwork == -1 {
		work[0] = float64(wanted)
		return true
	}
	if lwork < k+max(k, nrhs) || !storesMatrix(m, n, a, lda) || !storesMatrix(max(m, n), nrhs, b, ldb) {
		return i.Implementation.Dgels(trans, m, n, nrhs, a, lda, b, ldb, work, lwork)
	}
	given, found := m, n // rows of b
	if trans != blas.NoTrans {
		given, found = n, m
	}
	norm := i.Dlange(lapack.MaxAbs, m, n, a, lda, nil)
	if norm == 0 {
		i.Dlaset(blas.All, max(m, n), nrhs, 0, 0, b, ldb)
		return true
	}
	factorA := scaleInto(norm, smallestScaled, 1/smallestScaled)
	factorB := scaleInto(i.Dlange(lapack.MaxAbs, given, nrhs, b, ldb, nil), smallestScaled, 1/smallestScaled)
	rescale := func(by float64, rows, cols int, x []float64, ldx int) {
		if by != 1 {
			i.Dlascl(lapack.General, 0, 0, 1, by, rows, cols, x, ldx)
		}
	}
	rescale(factorA, m, n, a, lda)
	rescale(factorB, given, nrhs, b, ldb)
	if !i.solve(trans, m, n, nrhs, a, lda, b, ldb, work[:k], work[k:lwork], lwork-k) {
		return false
	}
	rescale(factorA, found, nrhs, b, ldb)
	rescale(1/factorB, found, nrhs, b, ldb)
	work[0] = float64(wanted)
	return true
}

// solve is Dgels without scaling. The triangle is solved with before or after the product with
// the orthogonal matrix.
func (i Implementation) solve(trans blas.Transpose, m, n, nrhs int, a []float64, lda int, b []float64, ldb int, tau, work []float64, lwork int) (ok bool) {
	k, uplo := min(m, n), blas.Lower
	if m >= n {
		uplo = blas.Upper
	}
	i.factor(m, n, a, lda, tau, work, lwork)
	if (m >= n) == (trans == blas.NoTrans) {
		i.multiply(m, n, other(trans), nrhs, a, lda, tau, b, ldb, work, lwork)
		return i.Dtrtrs(uplo, trans, blas.NonUnit, k, nrhs, a, lda, b, ldb)
	}
	if !i.Dtrtrs(uplo, trans, blas.NonUnit, k, nrhs, a, lda, b, ldb) {
		return false
	}
	for r := k; r < max(m, n); r++ {
		clear(b[r*ldb : r*ldb+nrhs])
	}
	i.multiply(m, n, other(trans), nrhs, a, lda, tau, b, ldb, work, lwork)
	return true
}

// factor computes the QR factorization of a high matrix, or the LQ factorization of a wide one.
func (i Implementation) factor(m, n int, a []float64, lda int, tau, work []float64, lwork int) {
	if m >= n {
		i.Dgeqrf(m, n, a, lda, tau, work, lwork)
	} else {
		i.Dgelqf(m, n, a, lda, tau, work, lwork)
	}
}

// multiply multiplies b by the orthogonal matrix that factor leaves.
func (i Implementation) multiply(m, n int, trans blas.Transpose, nrhs int, a []float64, lda int, tau, b []float64, ldb int, work []float64, lwork int) {
	if m >= n {
		i.Dormqr(blas.Left, trans, m, nrhs, n, a, lda, tau, b, ldb, work, lwork)
	} else {
		i.Dormlq(blas.Left, trans, n, nrhs, m, a, lda, tau, b, ldb, work, lwork)
	}
}

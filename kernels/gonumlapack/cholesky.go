package gonumlapack

import (
	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/blas64"
	"gonum.org/v1/gonum/lapack/gonum"
)

// Dpotrf computes the Cholesky factorization of a symmetric matrix recursively, and returns
// whether the matrix is positive definite.
func (i Implementation) Dpotrf(uplo blas.Uplo, n int, a []float64, lda int) (ok bool) {
	refuseHuge("a", n, n, lda)
	if !isTriangle(uplo) || !storesMatrix(n, n, a, lda) {
		return i.Implementation.Dpotrf(uplo, n, a, lda)
	}
	return cholesky(blas64.Implementation(), uplo, n, a, lda)
}

func cholesky(b blas.Float64, uplo blas.Uplo, n int, a []float64, lda int) (ok bool) {
	if n <= choleskyOrder {
		return gonum.Implementation{}.Dpotf2(uplo, n, a, lda)
	}
	h := half(n, choleskyOrder)
	r := n - h
	above, left, last := a[h:], a[h*lda:], a[h*lda+h:]
	if !cholesky(b, uplo, h, a, lda) {
		return false
	}
	if uplo == blas.Upper {
		b.Dtrsm(blas.Left, blas.Upper, blas.Trans, blas.NonUnit, h, r, 1, a, lda, above, lda)
		b.Dsyrk(blas.Upper, blas.Trans, r, h, -1, above, lda, 1, last, lda)
	} else {
		b.Dtrsm(blas.Right, blas.Lower, blas.Trans, blas.NonUnit, r, h, 1, a, lda, left, lda)
		b.Dsyrk(blas.Lower, blas.NoTrans, r, h, -1, left, lda, 1, last, lda)
	}
	return cholesky(b, uplo, r, last, lda)
}

// Dpotri computes the inverse of a symmetric positive definite matrix from its Cholesky
// factor, and returns whether the factor is nonsingular.
func (i Implementation) Dpotri(uplo blas.Uplo, n int, a []float64, lda int) (ok bool) {
	refuseHuge("a", n, n, lda)
	if !isTriangle(uplo) || !storesMatrix(n, n, a, lda) {
		return i.Implementation.Dpotri(uplo, n, a, lda)
	}
	if !i.Dtrtri(uplo, blas.NonUnit, n, a, lda) {
		return false
	}
	i.Dlauum(uplo, n, a, lda)
	return true
}

// Dlauum computes U*Uᵀ or Lᵀ*L in place, recursively.
func (i Implementation) Dlauum(uplo blas.Uplo, n int, a []float64, lda int) {
	refuseHuge("a", n, n, lda)
	if !isTriangle(uplo) || !storesMatrix(n, n, a, lda) {
		i.Implementation.Dlauum(uplo, n, a, lda)
		return
	}
	square(blas64.Implementation(), uplo, n, a, lda)
}

func square(b blas.Float64, uplo blas.Uplo, n int, a []float64, lda int) {
	if n <= triangleOrder {
		gonum.Implementation{}.Dlauu2(uplo, n, a, lda)
		return
	}
	h := half(n, triangleOrder)
	r := n - h
	above, left, last := a[h:], a[h*lda:], a[h*lda+h:]
	square(b, uplo, h, a, lda)
	if uplo == blas.Upper {
		b.Dsyrk(blas.Upper, blas.NoTrans, h, r, 1, above, lda, 1, a, lda)
		b.Dtrmm(blas.Right, blas.Upper, blas.Trans, blas.NonUnit, h, r, 1, last, lda, above, lda)
	} else {
		b.Dsyrk(blas.Lower, blas.Trans, h, r, 1, left, lda, 1, a, lda)
		b.Dtrmm(blas.Left, blas.Lower, blas.Trans, blas.NonUnit, r, h, 1, last, lda, left, lda)
	}
	square(b, uplo, r, last, lda)
}

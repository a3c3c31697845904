package gonumlapack

import (
	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/lapack"
)

// What reductions leave is gonum's, one reflector at a time: see alone.

// Dorgtr forms the orthogonal matrix of a reduction to tridiagonal form.
func (i Implementation) Dorgtr(uplo blas.Uplo, n int, a []float64, lda int, tau, work []float64, lwork int) {
	i.Implementation.Dorgtr(uplo, n, a, lda, tau, work, alone(work, lwork, n-1))
}

// Dorghr forms the orthogonal matrix of a reduction to Hessenberg form.
func (i Implementation) Dorghr(n, ilo, ihi int, a []float64, lda int, tau, work []float64, lwork int) {
	i.Implementation.Dorghr(n, ilo, ihi, a, lda, tau, work, alone(work, lwork, ihi-ilo))
}

// Dormhr multiplies c by that matrix.
func (i Implementation) Dormhr(side blas.Side, trans blas.Transpose, m, n, ilo, ihi int, a []float64, lda int, tau, c []float64, ldc int, work []float64, lwork int) {
	_, least := sides(side, m, n)
	i.Implementation.Dormhr(side, trans, m, n, ilo, ihi, a, lda, tau, c, ldc, work, alone(work, lwork, least))
}

// Dorgbr forms an orthogonal matrix of a reduction to bidiagonal form.
func (i Implementation) Dorgbr(vect lapack.GenOrtho, m, n, k int, a []float64, lda int, tau, work []float64, lwork int) {
	i.Implementation.Dorgbr(vect, m, n, k, a, lda, tau, work, alone(work, lwork, min(m, n)))
}

// Dormbr multiplies c by such a matrix.
func (i Implementation) Dormbr(vect lapack.ApplyOrtho, side blas.Side, trans blas.Transpose, m, n, k int, a []float64, lda int, tau, c []float64, ldc int, work []float64, lwork int) {
	_, least := sides(side, m, n)
	i.Implementation.Dormbr(vect, side, trans, m, n, k, a, lda, tau, c, ldc, work, alone(work, lwork, least))
}

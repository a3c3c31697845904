package gonumblas

import "gonum.org/v1/gonum/blas"

// Gonum's own, behind a look at the sizes: see huge.go.

// Dcopy copies x to y.
func (i Implementation) Dcopy(n int, x []float64, incX int, y []float64, incY int) {
	if isHuge(n | incX | incY) {
		refuseXY(n, n, incX, incY)
	}
	i.Implementation.Dcopy(n, x, incX, y, incY)
}

// Dgbmv multiplies a band matrix by a vector.
func (i Implementation) Dgbmv(tA blas.Transpose, m, n, kL, kU int, alpha float64, a []float64, lda int, x []float64, incX int, beta float64, y []float64, incY int) {
	if isHuge(m | n | kL | kU | lda | incX | incY) {
		refuseBand(m, n, kL, kU, lda)
		if tA == blas.NoTrans {
			refuseXY(n, m, incX, incY)
		} else {
			refuseXY(m, n, incX, incY)
		}
	}
	i.Implementation.Dgbmv(tA, m, n, kL, kU, alpha, a, lda, x, incX, beta, y, incY)
}

// Dsbmv multiplies a symmetric band matrix by a vector.
func (i Implementation) Dsbmv(ul blas.Uplo, n, k int, alpha float64, a []float64, lda int, x []float64, incX int, beta float64, y []float64, incY int) {
	if isHuge(n | k | lda | incX | incY) {
		refuseBand(n, n, 0, k, lda)
		refuseXY(n, n, incX, incY)
	}
	i.Implementation.Dsbmv(ul, n, k, alpha, a, lda, x, incX, beta, y, incY)
}

// Dtbmv multiplies a triangular band matrix by a vector, in place.
func (i Implementation) Dtbmv(ul blas.Uplo, tA blas.Transpose, d blas.Diag, n, k int, a []float64, lda int, x []float64, incX int) {
	if isHuge(n | k | lda | incX) {
		refuseBand(n, n, 0, k, lda)
		refuseVector("x", n, incX)
	}
	i.Implementation.Dtbmv(ul, tA, d, n, k, a, lda, x, incX)
}

// Dtbsv solves a triangular band matrix, in place.
func (i Implementation) Dtbsv(ul blas.Uplo, tA blas.Transpose, d blas.Diag, n, k int, a []float64, lda int, x []float64, incX int) {
	if isHuge(n | k | lda | incX) {
		refuseBand(n, n, 0, k, lda)
		refuseVector("x", n, incX)
	}
	i.Implementation.Dtbsv(ul, tA, d, n, k, a, lda, x, incX)
}

// Dspmv multiplies a packed symmetric matrix by a vector.
func (i Implementation) Dspmv(ul blas.Uplo, n int, alpha float64, ap, x []float64, incX int, beta float64, y []float64, incY int) {
	if isHuge(n | incX | incY) {
		refuse("ap", n, n, n)
		refuseXY(n, n, incX, incY)
	}
	i.Implementation.Dspmv(ul, n, alpha, ap, x, incX, beta, y, incY)
}

// Dspr adds a vector by itself to a packed symmetric matrix.
func (i Implementation) Dspr(ul blas.Uplo, n int, alpha float64, x []float64, incX int, ap []float64) {
	if isHuge(n | incX) {
		refuse("ap", n, n, n)
		refuseVector("x", n, incX)
	}
	i.Implementation.Dspr(ul, n, alpha, x, incX, ap)
}

// Dspr2 adds one vector by another, and the other by the one, to a packed symmetric matrix.
func (i Implementation) Dspr2(ul blas.Uplo, n int, alpha float64, x []float64, incX int, y []float64, incY int, ap []float64) {
	if isHuge(n | incX | incY) {
		refuse("ap", n, n, n)
		refuseXY(n, n, incX, incY)
	}
	i.Implementation.Dspr2(ul, n, alpha, x, incX, y, incY, ap)
}

// Dtpmv multiplies a packed triangular matrix by a vector, in place.
func (i Implementation) Dtpmv(ul blas.Uplo, tA blas.Transpose, d blas.Diag, n int, ap, x []float64, incX int) {
	if isHuge(n | incX) {
		refuse("ap", n, n, n)
		refuseVector("x", n, incX)
	}
	i.Implementation.Dtpmv(ul, tA, d, n, ap, x, incX)
}

// Dtpsv solves a packed triangular matrix, in place.
func (i Implementation) Dtpsv(ul blas.Uplo, tA blas.Transpose, d blas.Diag, n int, ap, x []float64, incX int) {
	if isHuge(n | incX) {
		refuse("ap", n, n, n)
		refuseVector("x", n, incX)
	}
	i.Implementation.Dtpsv(ul, tA, d, n, ap, x, incX)
}

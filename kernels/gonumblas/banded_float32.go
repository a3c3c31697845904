package gonumblas

import "gonum.org/v1/gonum/blas"

// Gonum's own, behind a look at the sizes: see huge.go.

// Scopy copies x to y.
func (i Implementation) Scopy(n int, x []float32, incX int, y []float32, incY int) {
	if isHuge(n | incX | incY) {
		refuseXY(n, n, incX, incY)
	}
	i.Implementation.Scopy(n, x, incX, y, incY)
}

// Sgbmv multiplies a band matrix by a vector.
func (i Implementation) Sgbmv(tA blas.Transpose, m, n, kL, kU int, alpha float32, a []float32, lda int, x []float32, incX int, beta float32, y []float32, incY int) {
	if isHuge(m | n | kL | kU | lda | incX | incY) {
		refuseBand(m, n, kL, kU, lda)
		if tA == blas.NoTrans {
			refuseXY(n, m, incX, incY)
		} else {
			refuseXY(m, n, incX, incY)
		}
	}
	i.Implementation.Sgbmv(tA, m, n, kL, kU, alpha, a, lda, x, incX, beta, y, incY)
}

// Ssbmv multiplies a symmetric band matrix by a vector.
func (i Implementation) Ssbmv(ul blas.Uplo, n, k int, alpha float32, a []float32, lda int, x []float32, incX int, beta float32, y []float32, incY int) {
	if isHuge(n | k | lda | incX | incY) {
		refuseBand(n, n, 0, k, lda)
		refuseXY(n, n, incX, incY)
	}
	i.Implementation.Ssbmv(ul, n, k, alpha, a, lda, x, incX, beta, y, incY)
}

// Stbmv multiplies a triangular band matrix by a vector, in place.
func (i Implementation) Stbmv(ul blas.Uplo, tA blas.Transpose, d blas.Diag, n, k int, a []float32, lda int, x []float32, incX int) {
	if isHuge(n | k | lda | incX) {
		refuseBand(n, n, 0, k, lda)
		refuseVector("x", n, incX)
	}
	i.Implementation.Stbmv(ul, tA, d, n, k, a, lda, x, incX)
}

// Stbsv solves a triangular band matrix, in place.
func (i Implementation) Stbsv(ul blas.Uplo, tA blas.Transpose, d blas.Diag, n, k int, a []float32, lda int, x []float32, incX int) {
	if isHuge(n | k | lda | incX) {
		refuseBand(n, n, 0, k, lda)
		refuseVector("x", n, incX)
	}
	i.Implementation.Stbsv(ul, tA, d, n, k, a, lda, x, incX)
}

// Sspmv multiplies a packed symmetric matrix by a vector.
func (i Implementation) Sspmv(ul blas.Uplo, n int, alpha float32, ap, x []float32, incX int, beta float32, y []float32, incY int) {
	if isHuge(n | incX | incY) {
		refuse("ap", n, n, n)
		refuseXY(n, n, incX, incY)
	}
	i.Implementation.Sspmv(ul, n, alpha, ap, x, incX, beta, y, incY)
}

// Sspr adds a vector by itself to a packed symmetric matrix.
func (i Implementation) Sspr(ul blas.Uplo, n int, alpha float32, x []float32, incX int, ap []float32) {
	if isHuge(n | incX) {
		refuse("ap", n, n, n)
		refuseVector("x", n, incX)
	}
	i.Implementation.Sspr(ul, n, alpha, x, incX, ap)
}

// Sspr2 adds one vector by another, and the other by the one, to a packed symmetric matrix.
func (i Implementation) Sspr2(ul blas.Uplo, n int, alpha float32, x []float32, incX int, y []float32, incY int, ap []float32) {
	if isHuge(n | incX | incY) {
		refuse("ap", n, n, n)
		refuseXY(n, n, incX, incY)
	}
	i.Implementation.Sspr2(ul, n, alpha, x, incX, y, incY, ap)
}

// Stpmv multiplies a packed triangular matrix by a vector, in place.
func (i Implementation) Stpmv(ul blas.Uplo, tA blas.Transpose, d blas.Diag, n int, ap, x []float32, incX int) {
	if isHuge(n | incX) {
		refuse("ap", n, n, n)
		refuseVector("x", n, incX)
	}
	i.Implementation.Stpmv(ul, tA, d, n, ap, x, incX)
}

// Stpsv solves a packed triangular matrix, in place.
func (i Implementation) Stpsv(ul blas.Uplo, tA blas.Transpose, d blas.Diag, n int, ap, x []float32, incX int) {
	if isHuge(n | incX) {
		refuse("ap", n, n, n)
		refuseVector("x", n, incX)
	}
	i.Implementation.Stpsv(ul, tA, d, n, ap, x, incX)
}

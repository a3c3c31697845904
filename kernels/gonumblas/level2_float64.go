package gonumblas

import "gonum.org/v1/gonum/blas"

// Dgemv computes y = alpha*op(a)*x + beta*y.
func (i Implementation) Dgemv(tA blas.Transpose, m, n int, alpha float64, a []float64, lda int, x []float64, incX int, beta float64, y []float64, incY int) {
	on := i.backend()
	if m*n < on.least64.matrix || !gemv(on, tA, m, n, alpha, a, lda, x, incX, beta, y, incY) {
		if isHuge(m | n | lda | incX | incY) {
			refuseGeneral(tA, m, n, lda, incX, incY)
		}
		i.Implementation.Dgemv(tA, m, n, alpha, a, lda, x, incX, beta, y, incY)
	}
}

// Dger computes a += alpha*x*yᵀ.
func (i Implementation) Dger(m, n int, alpha float64, x []float64, incX int, y []float64, incY int, a []float64, lda int) {
	on := i.backend()
	if incX > 0 && incY > 0 && (m*n < on.least64.update || !on.ours64) || !ger(on, m, n, alpha, x, incX, y, incY, a, lda) {
		if isHuge(m | n | lda | incX | incY) {
			refuseGeneral(blas.Trans, m, n, lda, incX, incY)
		}
		i.Implementation.Dger(m, n, alpha, x, incX, y, incY, a, lda)
	}
}

// Dsymv computes y = alpha*a*x + beta*y with a symmetric a.
func (i Implementation) Dsymv(ul blas.Uplo, n int, alpha float64, a []float64, lda int, x []float64, incX int, beta float64, y []float64, incY int) {
	on := i.backend()
	if n < on.least64.triangle || !symv(on, ul, n, alpha, a, lda, x, incX, beta, y, incY) {
		if isHuge(n | lda | incX | incY) {
			refuseGeneral(blas.NoTrans, n, n, lda, incX, incY)
		}
		i.Implementation.Dsymv(ul, n, alpha, a, lda, x, incX, beta, y, incY)
	}
}

// Dsyr computes a += alpha*x*xᵀ in a triangle of a.
func (i Implementation) Dsyr(ul blas.Uplo, n int, alpha float64, x []float64, incX int, a []float64, lda int) {
	on := i.backend()
	if n < on.least64.triangle || !syr(on, ul, n, alpha, x, incX, a, lda) {
		if isHuge(n | lda | incX) {
			refuseGeneral(blas.NoTrans, n, n, lda, incX, 1)
		}
		i.Implementation.Dsyr(ul, n, alpha, x, incX, a, lda)
	}
}

// Dsyr2 computes a += alpha*x*yᵀ + alpha*y*xᵀ in a triangle of a.
func (i Implementation) Dsyr2(ul blas.Uplo, n int, alpha float64, x []float64, incX int, y []float64, incY int, a []float64, lda int) {
	on := i.backend()
	if n < on.least64.triangle || !syr2(on, ul, n, alpha, x, incX, y, incY, a, lda) {
		if isHuge(n | lda | incX | incY) {
			refuseGeneral(blas.NoTrans, n, n, lda, incX, incY)
		}
		i.Implementation.Dsyr2(ul, n, alpha, x, incX, y, incY, a, lda)
	}
}

// Dtrmv computes x = op(a)*x with a triangular a.
func (i Implementation) Dtrmv(ul blas.Uplo, tA blas.Transpose, d blas.Diag, n int, a []float64, lda int, x []float64, incX int) {
	on := i.backend()
	if n < on.least64.triangle || !trmv(on, ul, tA, d, n, a, lda, x, incX) {
		if isHuge(n | lda | incX) {
			refuseGeneral(blas.NoTrans, n, n, lda, incX, 1)
		}
		i.Implementation.Dtrmv(ul, tA, d, n, a, lda, x, incX)
	}
}

// Dtrsv solves op(a)*y = x with a triangular a, and writes y over x.
func (i Implementation) Dtrsv(ul blas.Uplo, tA blas.Transpose, d blas.Diag, n int, a []float64, lda int, x []float64, incX int) {
	on := i.backend()
	if n < on.least64.triangle || !trsv(on, ul, tA, d, n, a, lda, x, incX) {
		if isHuge(n | lda | incX) {
			refuseGeneral(blas.NoTrans, n, n, lda, incX, 1)
		}
		i.Implementation.Dtrsv(ul, tA, d, n, a, lda, x, incX)
	}
}

// What is banded or packed is gonum's own, behind a look at the sizes: see huge.go.

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

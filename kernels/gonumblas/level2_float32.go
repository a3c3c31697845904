package gonumblas

import "gonum.org/v1/gonum/blas"

// Sgemv computes y = alpha*op(a)*x + beta*y.
func (i Implementation) Sgemv(tA blas.Transpose, m, n int, alpha float32, a []float32, lda int, x []float32, incX int, beta float32, y []float32, incY int) {
	on := i.backend()
	if m*n < on.least32.matrix || !gemv(on, tA, m, n, alpha, a, lda, x, incX, beta, y, incY) {
		if isHuge(m | n | lda | incX | incY) {
			refuseGeneral(tA, m, n, lda, incX, incY)
		}
		if tA != blas.NoTrans && n >= 0 && n < len(y) && incY == 1 {
			y = y[:n] // gonum clears what is behind it, too
		}
		i.Implementation.Sgemv(tA, m, n, alpha, a, lda, x, incX, beta, y, incY)
	}
}

// Sger computes a += alpha*x*yᵀ.
func (i Implementation) Sger(m, n int, alpha float32, x []float32, incX int, y []float32, incY int, a []float32, lda int) {
	on := i.backend()
	if incX > 0 && incY > 0 && (m*n < on.least32.update || !on.ours32) || !ger(on, m, n, alpha, x, incX, y, incY, a, lda) {
		if isHuge(m | n | lda | incX | incY) {
			refuseGeneral(blas.Trans, m, n, lda, incX, incY)
		}
		i.Implementation.Sger(m, n, alpha, x, incX, y, incY, a, lda)
	}
}

// Ssymv computes y = alpha*a*x + beta*y with a symmetric a.
func (i Implementation) Ssymv(ul blas.Uplo, n int, alpha float32, a []float32, lda int, x []float32, incX int, beta float32, y []float32, incY int) {
	on := i.backend()
	if n < on.least32.triangle || !symv(on, ul, n, alpha, a, lda, x, incX, beta, y, incY) {
		if isHuge(n | lda | incX | incY) {
			refuseGeneral(blas.NoTrans, n, n, lda, incX, incY)
		}
		i.Implementation.Ssymv(ul, n, alpha, a, lda, x, incX, beta, y, incY)
	}
}

// Ssyr computes a += alpha*x*xᵀ in a triangle of a.
func (i Implementation) Ssyr(ul blas.Uplo, n int, alpha float32, x []float32, incX int, a []float32, lda int) {
	on := i.backend()
	if n < on.least32.triangle || !syr(on, ul, n, alpha, x, incX, a, lda) {
		if isHuge(n | lda | incX) {
			refuseGeneral(blas.NoTrans, n, n, lda, incX, 1)
		}
		i.Implementation.Ssyr(ul, n, alpha, x, incX, a, lda)
	}
}

// Ssyr2 computes a += alpha*x*yᵀ + alpha*y*xᵀ in a triangle of a.
func (i Implementation) Ssyr2(ul blas.Uplo, n int, alpha float32, x []float32, incX int, y []float32, incY int, a []float32, lda int) {
	on := i.backend()
	if n < on.least32.triangle || !syr2(on, ul, n, alpha, x, incX, y, incY, a, lda) {
		if isHuge(n | lda | incX | incY) {
			refuseGeneral(blas.NoTrans, n, n, lda, incX, incY)
		}
		i.Implementation.Ssyr2(ul, n, alpha, x, incX, y, incY, a, lda)
	}
}

// Strmv computes x = op(a)*x with a triangular a.
func (i Implementation) Strmv(ul blas.Uplo, tA blas.Transpose, d blas.Diag, n int, a []float32, lda int, x []float32, incX int) {
	on := i.backend()
	if n < on.least32.triangle || !trmv(on, ul, tA, d, n, a, lda, x, incX) {
		if isHuge(n | lda | incX) {
			refuseGeneral(blas.NoTrans, n, n, lda, incX, 1)
		}
		i.Implementation.Strmv(ul, tA, d, n, a, lda, x, incX)
	}
}

// Strsv solves op(a)*y = x with a triangular a, and writes y over x.
func (i Implementation) Strsv(ul blas.Uplo, tA blas.Transpose, d blas.Diag, n int, a []float32, lda int, x []float32, incX int) {
	on := i.backend()
	if n < on.least32.triangle || !trsv(on, ul, tA, d, n, a, lda, x, incX) {
		if isHuge(n | lda | incX) {
			refuseGeneral(blas.NoTrans, n, n, lda, incX, 1)
		}
		i.Implementation.Strsv(ul, tA, d, n, a, lda, x, incX)
	}
}

// What is banded or packed is gonum's own, behind a look at the sizes: see huge.go.

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

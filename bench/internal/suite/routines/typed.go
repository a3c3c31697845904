package routines

import (
	"gonum.org/v1/gonum/blas"

	"github.com/targetprop/targetprop/bench/peers"
	"github.com/targetprop/targetprop/internal/view"
)

// typed is the measured routines for one type of elements.
type typed[T view.Float] interface {
	Dot(n int, x []T, incX int, y []T, incY int) T
	Nrm2(n int, x []T, incX int) T
	Asum(n int, x []T, incX int) T
	Axpy(n int, alpha T, x []T, incX int, y []T, incY int)
	Scal(n int, alpha T, x []T, incX int)
	Gemv(tA blas.Transpose, m, n int, alpha T, a []T, lda int, x []T, incX int, beta T, y []T, incY int)
	Symv(ul blas.Uplo, n int, alpha T, a []T, lda int, x []T, incX int, beta T, y []T, incY int)
	Ger(m, n int, alpha T, x []T, incX int, y []T, incY int, a []T, lda int)
	Trsv(ul blas.Uplo, tA blas.Transpose, d blas.Diag, n int, a []T, lda int, x []T, incX int)
	Gemm(tA, tB blas.Transpose, m, n, k int, alpha T, a []T, lda int, b []T, ldb int, beta T, c []T, ldc int)
	Syrk(ul blas.Uplo, t blas.Transpose, n, k int, alpha T, a []T, lda int, beta T, c []T, ldc int)
	Symm(s blas.Side, ul blas.Uplo, m, n int, alpha T, a []T, lda int, b []T, ldb int, beta T, c []T, ldc int)
	Trmm(s blas.Side, ul blas.Uplo, tA blas.Transpose, d blas.Diag, m, n int, alpha T, a []T, lda int, b []T, ldb int)
	Trsm(s blas.Side, ul blas.Uplo, tA blas.Transpose, d blas.Diag, m, n int, alpha T, a []T, lda int, b []T, ldb int)
}

// of is the routines of a BLAS for a type of elements.
func of[T view.Float](b peers.Routines) typed[T] {
	if view.Size[T]() == 8 {
		return any(double{b}).(typed[T])
	}
	return any(single{b}).(typed[T])
}

// letter begins the names of the routines for a type of elements.
func letter[T view.Float]() string {
	if view.Size[T]() == 8 {
		return "D"
	}
	return "S"
}

type (
	double struct{ peers.Routines }
	single struct{ peers.Routines }
)

func (b double) Dot(n int, x []float64, incX int, y []float64, incY int) float64 {
	return b.Ddot(n, x, incX, y, incY)
}
func (b single) Dot(n int, x []float32, incX int, y []float32, incY int) float32 {
	return b.Sdot(n, x, incX, y, incY)
}

func (b double) Nrm2(n int, x []float64, incX int) float64 {
	return b.Dnrm2(n, x, incX)
}
func (b single) Nrm2(n int, x []float32, incX int) float32 {
	return b.Snrm2(n, x, incX)
}

func (b double) Asum(n int, x []float64, incX int) float64 {
	return b.Dasum(n, x, incX)
}
func (b single) Asum(n int, x []float32, incX int) float32 {
	return b.Sasum(n, x, incX)
}

func (b double) Axpy(n int, alpha float64, x []float64, incX int, y []float64, incY int) {
	b.Daxpy(n, alpha, x, incX, y, incY)
}
func (b single) Axpy(n int, alpha float32, x []float32, incX int, y []float32, incY int) {
	b.Saxpy(n, alpha, x, incX, y, incY)
}

func (b double) Scal(n int, alpha float64, x []float64, incX int) {
	b.Dscal(n, alpha, x, incX)
}
func (b single) Scal(n int, alpha float32, x []float32, incX int) {
	b.Sscal(n, alpha, x, incX)
}

func (b double) Gemv(tA blas.Transpose, m, n int, alpha float64, a []float64, lda int, x []float64, incX int, beta float64, y []float64, incY int) {
	b.Dgemv(tA, m, n, alpha, a, lda, x, incX, beta, y, incY)
}
func (b single) Gemv(tA blas.Transpose, m, n int, alpha float32, a []float32, lda int, x []float32, incX int, beta float32, y []float32, incY int) {
	b.Sgemv(tA, m, n, alpha, a, lda, x, incX, beta, y, incY)
}

func (b double) Symv(ul blas.Uplo, n int, alpha float64, a []float64, lda int, x []float64, incX int, beta float64, y []float64, incY int) {
	b.Dsymv(ul, n, alpha, a, lda, x, incX, beta, y, incY)
}
func (b single) Symv(ul blas.Uplo, n int, alpha float32, a []float32, lda int, x []float32, incX int, beta float32, y []float32, incY int) {
	b.Ssymv(ul, n, alpha, a, lda, x, incX, beta, y, incY)
}

func (b double) Ger(m, n int, alpha float64, x []float64, incX int, y []float64, incY int, a []float64, lda int) {
	b.Dger(m, n, alpha, x, incX, y, incY, a, lda)
}
func (b single) Ger(m, n int, alpha float32, x []float32, incX int, y []float32, incY int, a []float32, lda int) {
	b.Sger(m, n, alpha, x, incX, y, incY, a, lda)
}

func (b double) Trsv(ul blas.Uplo, tA blas.Transpose, d blas.Diag, n int, a []float64, lda int, x []float64, incX int) {
	b.Dtrsv(ul, tA, d, n, a, lda, x, incX)
}
func (b single) Trsv(ul blas.Uplo, tA blas.Transpose, d blas.Diag, n int, a []float32, lda int, x []float32, incX int) {
	b.Strsv(ul, tA, d, n, a, lda, x, incX)
}

func (b double) Gemm(tA, tB blas.Transpose, m, n, k int, alpha float64, a []float64, lda int, other []float64, ldb int, beta float64, c []float64, ldc int) {
	b.Dgemm(tA, tB, m, n, k, alpha, a, lda, other, ldb, beta, c, ldc)
}
func (b single) Gemm(tA, tB blas.Transpose, m, n, k int, alpha float32, a []float32, lda int, other []float32, ldb int, beta float32, c []float32, ldc int) {
	b.Sgemm(tA, tB, m, n, k, alpha, a, lda, other, ldb, beta, c, ldc)
}

func (b double) Syrk(ul blas.Uplo, t blas.Transpose, n, k int, alpha float64, a []float64, lda int, beta float64, c []float64, ldc int) {
	b.Dsyrk(ul, t, n, k, alpha, a, lda, beta, c, ldc)
}
func (b single) Syrk(ul blas.Uplo, t blas.Transpose, n, k int, alpha float32, a []float32, lda int, beta float32, c []float32, ldc int) {
	b.Ssyrk(ul, t, n, k, alpha, a, lda, beta, c, ldc)
}

func (b double) Symm(s blas.Side, ul blas.Uplo, m, n int, alpha float64, a []float64, lda int, other []float64, ldb int, beta float64, c []float64, ldc int) {
	b.Dsymm(s, ul, m, n, alpha, a, lda, other, ldb, beta, c, ldc)
}
func (b single) Symm(s blas.Side, ul blas.Uplo, m, n int, alpha float32, a []float32, lda int, other []float32, ldb int, beta float32, c []float32, ldc int) {
	b.Ssymm(s, ul, m, n, alpha, a, lda, other, ldb, beta, c, ldc)
}

func (b double) Trmm(s blas.Side, ul blas.Uplo, tA blas.Transpose, d blas.Diag, m, n int, alpha float64, a []float64, lda int, other []float64, ldb int) {
	b.Dtrmm(s, ul, tA, d, m, n, alpha, a, lda, other, ldb)
}
func (b single) Trmm(s blas.Side, ul blas.Uplo, tA blas.Transpose, d blas.Diag, m, n int, alpha float32, a []float32, lda int, other []float32, ldb int) {
	b.Strmm(s, ul, tA, d, m, n, alpha, a, lda, other, ldb)
}

func (b double) Trsm(s blas.Side, ul blas.Uplo, tA blas.Transpose, d blas.Diag, m, n int, alpha float64, a []float64, lda int, other []float64, ldb int) {
	b.Dtrsm(s, ul, tA, d, m, n, alpha, a, lda, other, ldb)
}
func (b single) Trsm(s blas.Side, ul blas.Uplo, tA blas.Transpose, d blas.Diag, m, n int, alpha float32, a []float32, lda int, other []float32, ldb int) {
	b.Strsm(s, ul, tA, d, m, n, alpha, a, lda, other, ldb)
}

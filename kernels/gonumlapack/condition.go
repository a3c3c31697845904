package gonumlapack

import (
	"math"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/lapack"

	"github.com/targetprop/targetprop/kernels/gonumlapack/internal/condition"
)

// Dgecon estimates the reciprocal of the condition number of a matrix from its LU
// factorization and its norm, in the norm that sums up columns or rows.
func (i Implementation) Dgecon(norm lapack.MatrixNorm, n int, a []float64, lda int, anorm float64, work []float64, iwork []int) float64 {
	refuseHuge("a", n, n, lda)
	if !isSum(norm) || !estimates(n, a, lda, anorm, 4*n, work, iwork) {
		return i.Implementation.Dgecon(norm, n, a, lda, anorm, work, iwork)
	}
	f := condition.Factors{Count: 2, N: n, A: a, Lda: lda, List: [2]condition.Factor{
		{Uplo: blas.Lower, Trans: blas.NoTrans, Diag: blas.Unit},
		{Uplo: blas.Upper, Trans: blas.NoTrans, Diag: blas.NonUnit},
	}}
	return reciprocal(norm == lapack.MaxRowSum, f, anorm, smallestNormal, work, iwork)
}

// Dpocon estimates the reciprocal of the condition number of a symmetric positive definite
// matrix from its Cholesky factorization and its norm.
func (i Implementation) Dpocon(uplo blas.Uplo, n int, a []float64, lda int, anorm float64, work []float64, iwork []int) float64 {
	refuseHuge("a", n, n, lda)
	if !isTriangle(uplo) || !estimates(n, a, lda, anorm, 3*n, work, iwork) {
		return i.Implementation.Dpocon(uplo, n, a, lda, anorm, work, iwork)
	}
	first, second := blas.Trans, blas.NoTrans
	if uplo == blas.Lower {
		first, second = blas.NoTrans, blas.Trans
	}
	f := condition.Factors{Count: 2, N: n, A: a, Lda: lda, List: [2]condition.Factor{
		{Uplo: uplo, Trans: first, Diag: blas.NonUnit},
		{Uplo: uplo, Trans: second, Diag: blas.NonUnit},
	}}
	return reciprocal(false, f, anorm, smallestNormal, work, iwork)
}

// Dtrcon estimates the reciprocal of the condition number of a triangle, in the norm that sums
// up columns or rows.
func (i Implementation) Dtrcon(norm lapack.MatrixNorm, uplo blas.Uplo, diag blas.Diag, n int, a []float64, lda int, work []float64, iwork []int) float64 {
	refuseHuge("a", n, n, lda)
	if n <= 1 { // of which gonum makes less work
		return i.Implementation.Dtrcon(norm, uplo, diag, n, a, lda, work, iwork)
	}
	valid := isSum(norm) && isTriangle(uplo) && (diag == blas.NonUnit || diag == blas.Unit) && storesMatrix(n, n, a, lda) && len(work) >= 3*n
	anorm := 0.0
	if valid {
		anorm = i.Dlantr(norm, uplo, diag, n, n, a, lda, work)
	}
	if !valid || !estimates(n, a, lda, anorm, 3*n, work, iwork) {
		return i.Implementation.Dtrcon(norm, uplo, diag, n, a, lda, work, iwork)
	}
	f := condition.Factors{Count: 1, N: n, A: a, Lda: lda, List: [2]condition.Factor{{Uplo: uplo, Trans: blas.NoTrans, Diag: diag}}}
	return reciprocal(norm == lapack.MaxRowSum, f, anorm, float64(n)*smallestNormal, work, iwork)
}

func isSum(norm lapack.MatrixNorm) bool {
	return norm == lapack.MaxColumnSum || norm == lapack.MaxRowSum
}

// estimates tells whether a condition number is to be estimated: there is enough workspace, and
// the norm is a number that has a reciprocal.
func estimates(n int, a []float64, lda int, anorm float64, length int, work []float64, iwork []int) bool {
	return anorm > 0 && anorm <= math.MaxFloat64 && storesMatrix(n, n, a, lda) && len(work) >= length && len(iwork) >= n
}

// reciprocal is that of the product of a norm and an estimate of the norm of the inverse, or 0.
func reciprocal(rows bool, f condition.Factors, anorm, least float64, work []float64, iwork []int) float64 {
	n := f.N
	e := condition.Estimator{Factors: f, X: work[:n], V: work[n : 2*n], Spare: work[2*n : 3*n], Signs: iwork[:n], Least: least}
	inverse, ok := e.InverseNorm(rows)
	if !ok || inverse == 0 {
		return 0
	}
	return 1 / inverse / anorm
}

// Dlange computes a norm of a matrix.
func (i Implementation) Dlange(norm lapack.MatrixNorm, m, n int, a []float64, lda int, work []float64) float64 {
	refuseHuge("a", m, n, lda)
	if !storesMatrix(m, n, a, lda) {
		return i.Implementation.Dlange(norm, m, n, a, lda, work)
	}
	whole := condition.Matrix{Rows: m, Cols: n, A: a, Lda: lda}
	var most float64
	var nan bool
	switch {
	case norm == lapack.MaxAbs:
		most, nan = whole.MaxAbs()
	case norm == lapack.MaxRowSum:
		most, nan = whole.MaxRowSum(0)
	case norm == lapack.MaxColumnSum && len(work) >= n:
		most, nan = whole.MaxColumnSum(0, work)
	default:
		return i.Implementation.Dlange(norm, m, n, a, lda, work)
	}
	if nan && !math.IsInf(most, 1) { // as gonum's math.Max decides it
		return math.NaN()
	}
	return most
}

// Dlansy computes a norm of a symmetric matrix.
func (i Implementation) Dlansy(norm lapack.MatrixNorm, uplo blas.Uplo, n int, a []float64, lda int, work []float64) float64 {
	refuseHuge("a", n, n, lda)
	if n <= 1 || !isTriangle(uplo) || !storesMatrix(n, n, a, lda) {
		return i.Implementation.Dlansy(norm, uplo, n, a, lda, work)
	}
	triangle := condition.Matrix{Rows: n, Cols: n, A: a, Lda: lda, Part: condition.TriangleOf(uplo, blas.NonUnit)}
	var most float64
	var nan bool
	switch {
	case norm == lapack.MaxAbs:
		most, nan = triangle.MaxAbs()
	case isSum(norm) && len(work) >= n:
		most, nan = triangle.MaxSymmetricSum(work)
	default:
		return i.Implementation.Dlansy(norm, uplo, n, a, lda, work)
	}
	if nan {
		return math.NaN()
	}
	return most
}

// Dlantr computes a norm of a trapezoidal matrix.
func (i Implementation) Dlantr(norm lapack.MatrixNorm, uplo blas.Uplo, diag blas.Diag, m, n int, a []float64, lda int, work []float64) float64 {
	refuseHuge("a", m, n, lda)
	if m != n || !isTriangle(uplo) || diag != blas.NonUnit && diag != blas.Unit || !storesMatrix(n, n, a, lda) {
		return i.Implementation.Dlantr(norm, uplo, diag, m, n, a, lda, work)
	}
	triangle := condition.Matrix{Rows: n, Cols: n, A: a, Lda: lda, Part: condition.TriangleOf(uplo, diag)}
	diagonal := 0.0
	if diag == blas.Unit {
		diagonal = 1
	}
	var most float64
	var nan bool
	switch {
	case norm == lapack.MaxAbs:
		most, nan = triangle.MaxAbs()
		most = max(most, diagonal)
	case norm == lapack.MaxRowSum:
		most, nan = triangle.MaxRowSum(diagonal)
	case norm == lapack.MaxColumnSum && len(work) >= n:
		most, nan = triangle.MaxColumnSum(diagonal, work)
	default:
		return i.Implementation.Dlantr(norm, uplo, diag, m, n, a, lda, work)
	}
	if nan {
		return math.NaN()
	}
	return most
}

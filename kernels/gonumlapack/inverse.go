package gonumlapack

import (
	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/blas64"
	"gonum.org/v1/gonum/lapack/gonum"
)

// Dtrtri computes the inverse of a triangular matrix in place, recursively, and returns
// whether there is one. Without one, a is unchanged.
func (i Implementation) Dtrtri(uplo blas.Uplo, diag blas.Diag, n int, a []float64, lda int) (ok bool) {
	refuseHuge("a", n, n, lda)
	if !isTriangle(uplo) || diag != blas.NonUnit && diag != blas.Unit || !storesMatrix(n, n, a, lda) {
		return i.Implementation.Dtrtri(uplo, diag, n, a, lda)
	}
	if diag == blas.NonUnit {
		for j := range n {
			if a[j*lda+j] == 0 {
				return false
			}
		}
	}
	invertTriangle(blas64.Implementation(), uplo, diag, n, a, lda)
	return true
}

func invertTriangle(b blas.Float64, uplo blas.Uplo, diag blas.Diag, n int, a []float64, lda int) {
	if n <= triangleOrder {
		gonum.Implementation{}.Dtrti2(uplo, diag, n, a, lda)
		return
	}
	h := half(n, triangleOrder)
	r := n - h
	above, left, last := a[h:], a[h*lda:], a[h*lda+h:]
	if uplo == blas.Upper {
		invertTriangle(b, uplo, diag, h, a, lda)
		b.Dtrmm(blas.Left, blas.Upper, blas.NoTrans, diag, h, r, 1, a, lda, above, lda)
		b.Dtrsm(blas.Right, blas.Upper, blas.NoTrans, diag, h, r, -1, last, lda, above, lda)
		invertTriangle(b, uplo, diag, r, last, lda)
		return
	}
	invertTriangle(b, uplo, diag, r, last, lda)
	b.Dtrmm(blas.Left, blas.Lower, blas.NoTrans, diag, r, h, 1, last, lda, left, lda)
	b.Dtrsm(blas.Right, blas.Lower, blas.NoTrans, diag, r, h, -1, a, lda, left, lda)
	invertTriangle(b, uplo, diag, h, a, lda)
}

// Dgetri computes the inverse of a matrix from its LU factorization, and returns whether
// there is one. The longer its workspace, up to what a query asks for, the wider its blocks.
func (i Implementation) Dgetri(n int, a []float64, lda int, ipiv []int, work []float64, lwork int) (ok bool) {
	refuseHuge("a", n, n, lda)
	wanted := min(n, inverseColumns(n))
	if lwork == -1 && n > 0 && lda >= n && len(work) > 0 {
		work[0] = float64(n * wanted)
		return true
	}
	if !storesMatrix(n, n, a, lda) || len(ipiv) != n || lwork < n || len(work) < lwork {
		return i.Implementation.Dgetri(n, a, lda, ipiv, work, lwork)
	}
	if !i.Dtrtri(blas.Upper, blas.NonUnit, n, a, lda) {
		return false
	}
	b := blas64.Implementation()
	cols := min(wanted, lwork/n)
	// The inverse X follows from X*L = inv(U), blocks of columns from right to left.
	for j := (n - 1) / cols * cols; j >= 0; j -= cols {
		jb := min(cols, n-j)
		for r := j; r < n; r++ {
			l := a[r*lda+j : r*lda+j+min(jb, r-j)]
			copy(work[r*jb:], l)
			clear(l)
		}
		if right := n - j - jb; right > 0 {
			b.Dgemm(blas.NoTrans, blas.NoTrans, n, jb, right, -1, a[j+jb:], lda, work[(j+jb)*jb:], jb, 1, a[j:], lda)
		}
		b.Dtrsm(blas.Right, blas.Lower, blas.NoTrans, blas.Unit, n, jb, 1, work[j*jb:], jb, a[j:], lda)
	}
	// Columns are swapped within one row at a time, which stays in the nearest cache.
	for r := range n {
		row := a[r*lda : r*lda+n]
		for j := n - 2; j >= 0; j-- {
			if p := ipiv[j]; p != j {
				row[j], row[p] = row[p], row[j]
			}
		}
	}
	work[0] = float64(n * wanted)
	return true
}

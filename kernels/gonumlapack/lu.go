package gonumlapack

import (
	"math"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/blas64"
	"gonum.org/v1/gonum/lapack/gonum"
)

// Dgetrf computes the LU factorization of a with partial pivoting, recursively on its columns.
// It returns whether a is nonsingular.
func (i Implementation) Dgetrf(m, n int, a []float64, lda int, ipiv []int) (ok bool) {
	refuseHuge("a", m, n, lda)
	if !storesMatrix(m, n, a, lda) || len(ipiv) != min(m, n) {
		return i.Implementation.Dgetrf(m, n, a, lda, ipiv)
	}
	return factorLU(blas64.Implementation(), m, n, a, lda, ipiv)
}

// factorLU is Dgetrf. The left half of the columns is factored, then what it leaves of the
// right half.
func factorLU(b blas.Float64, m, n int, a []float64, lda int, ipiv []int) (ok bool) {
	k := min(m, n)
	if n <= luColumns {
		return factorColumns(m, n, a, lda, ipiv)
	}
	left := half(k, luColumns)
	if k <= luColumns {
		left = k
	}
	right := n - left
	ok = factorLU(b, m, left, a, lda, ipiv[:left])
	swapRows(b, right, a[left:], lda, ipiv[:left])
	b.Dtrsm(blas.Left, blas.Lower, blas.NoTrans, blas.Unit, left, right, 1, a, lda, a[left:], lda)
	if left == k {
		return ok
	}
	below := a[left*lda:]
	b.Dgemm(blas.NoTrans, blas.NoTrans, m-left, right, left, -1, below, lda, a[left:], lda, 1, below[left:], lda)
	if !factorLU(b, m-left, right, below[left:], lda, ipiv[left:]) {
		ok = false
	}
	swapRows(b, left, below, lda, ipiv[left:])
	for i := left; i < k; i++ {
		ipiv[i] += left
	}
	return ok
}

// swapRows swaps row i of the n columns of a with row ipiv[i], in ascending order of i.
func swapRows(b blas.Float64, n int, a []float64, lda int, ipiv []int) {
	for i, p := range ipiv {
		if p == i {
			continue
		}
		x, y := a[i*lda:i*lda+n], a[p*lda:p*lda+n]
		if n > luColumns {
			b.Dswap(n, x, 1, y, 1)
			continue
		}
		for j, v := range x {
			x[j], y[j] = y[j], v
		}
	}
}

// smallestNormal is the smallest number with a finite reciprocal, as gonum has it.
const smallestNormal = 0x1p-1022

// factorColumns factors a few columns. The pass for a column goes down the rows once: it
// divides the column before by its pivot, takes from the column what all columns before have in
// it, and looks for the next pivot. So it writes two numbers of a row, where three calls of a
// BLAS would each read and write all of it. Products are rounded before they are subtracted,
// whatever the processor.
func factorColumns(m, n int, a []float64, lda int, ipiv []int) (ok bool) {
	ok = true
	reciprocal := 1.0 // of the pivot before, by which its column is still to be multiplied
	var column [luColumns]float64
	for j := range n {
		// Above the diagonal a column of U is solved for.
		u := column[:min(j, m)]
		for i := range u {
			row := a[i*lda : i*lda+j+1]
			s := row[j]
			for k, v := range row[:i] {
				s -= float64(v * u[k])
			}
			row[j], u[i] = s, s
		}
		pivot, largest := j, -1.0
		for i := j; i < m; i++ {
			row := a[i*lda : i*lda+j+1]
			s := row[j]
			if j > 0 {
				l := row[j-1] * reciprocal
				row[j-1] = l
				before := row[:j-1]
				for k, v := range before {
					s -= float64(v * u[k])
				}
				s -= float64(l * u[j-1])
				row[j] = s
			}
			if v := math.Abs(s); v > largest || i == j {
				pivot, largest = i, v
			}
		}
		if j >= len(ipiv) {
			continue
		}
		ipiv[j] = pivot
		if pivot != j {
			row, other := a[j*lda:j*lda+n], a[pivot*lda:pivot*lda+n]
			for c, v := range row {
				row[c], other[c] = other[c], v
			}
		}
		p := a[j*lda+j]
		switch {
		case p == 0:
			// The column is zero from here down, unless it begins with a NaN
			// that no comparison moves; gonum updates by it as it is.
			ok, reciprocal = false, 1
		case math.Abs(p) < smallestNormal:
			reciprocal = 1
			divideBelow(j, m, p, a[j:], lda)
		default:
			reciprocal = 1 / p
		}
	}
	if n == len(ipiv) {
		for i := n; i < m; i++ {
			a[i*lda+n-1] *= reciprocal
		}
	}
	return ok
}

// divideBelow divides the numbers of a column below row j by a pivot that has no finite
// reciprocal.
func divideBelow(j, m int, pivot float64, column []float64, lda int) {
	for i := j + 1; i < m; i++ {
		column[i*lda] /= pivot
	}
}

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

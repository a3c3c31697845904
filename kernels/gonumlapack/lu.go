package gonumlapack

import (
	"math"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/blas64"
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

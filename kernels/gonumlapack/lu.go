package gonumlapack

import (
	"math"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/blas64"
)

// Dgetrf computes the LU factorization of a with partial pivoting, recursively on its columns.
// It returns whether a is nonsingular.
func (i Implementation) Dgetrf(m, n int, a []float64, lda int, ipiv []int) (ok bool) {
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

// factorColumns factors a few columns. One pass over the rows for each column divides by the
// pivot, updates the columns right of it and looks for the next pivot: three calls of a BLAS
// would each read all rows for a handful of numbers. Products are rounded before they are
// subtracted, whatever the processor.
func factorColumns(m, n int, a []float64, lda int, ipiv []int) (ok bool) {
	ok = true
	pivot := 0
	for i := 1; i < m; i++ {
		if math.Abs(a[i*lda]) > math.Abs(a[pivot*lda]) {
			pivot = i
		}
	}
	for j := range ipiv {
		ipiv[j] = pivot
		row := a[j*lda : j*lda+n]
		if pivot != j {
			other := a[pivot*lda : pivot*lda+n]
			for c, v := range row {
				row[c], other[c] = other[c], v
			}
		}
		p, right := row[j], row[j+1:]
		if p == 0 {
			// The column is zero from here down, unless it begins with a NaN
			// that no comparison moves; gonum updates by it as it is.
			ok = false
		}
		pivot = j + 1
		largest := -1.0
		r, divide := 1/p, math.Abs(p) < smallestNormal
		for i := j + 1; i < m; i++ {
			at := a[i*lda+j : i*lda+n]
			switch {
			case p == 0:
			case divide:
				at[0] /= p
			default:
				at[0] *= r
			}
			l, rest := at[0], at[1:]
			for c, u := range right {
				rest[c] -= float64(l * u)
			}
			if len(rest) > 0 {
				if v := math.Abs(rest[0]); v > largest || i == j+1 {
					pivot, largest = i, v
				}
			}
		}
	}
	return ok
}

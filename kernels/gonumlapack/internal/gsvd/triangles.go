// The steps below are Dtgsja of gonum,
// Copyright ©2017 The Gonum Authors, under the BSD license in kernels/gonumlapack/gonum-LICENSE.

package gsvd

import (
	"math"

	"gonum.org/v1/gonum/blas/blas64"
	"gonum.org/v1/gonum/lapack/gonum"
)

const (
	mostCycles = 40
	// negligible, times a tolerance, is so little that it is zero. A matrix of deficient rank leaves
	// smaller and smaller numbers; what is left of them when they underflow would rotate the other.
	negligible = 0x1p-150
)

// decomposeTriangles makes the rows of what Reduce leaves parallel, as gonum's Dtgsja does: rotations
// of Kogbetliantz. It returns whether they became so.
func (p *Pair) decomposeTriangles(k, l int, tolA, tolB float64, alpha, beta, work []float64) (ok bool) {
	var impl gonum.Implementation
	m, n := p.A.Rows, p.A.Cols
	leastA, leastB := negligible*tolA, negligible*tolB
	rows := min(l, m-k) // of A that are not parallel yet
	above, a, b := part(p.A, 0, k+rows, n-l, n), part(p.A, k, k+rows, n-l, n), part(p.B, 0, l, n-l, n)
	var u, q blas64.General
	if wanted(p.U) {
		u = part(p.U, 0, m, k, m)
	}
	if wanted(p.Q) {
		q = part(p.Q, 0, n, n-l, n)
	}
	for cycle := range mostCycles {
		upper := cycle%2 == 0
		for i := range l - 1 {
			for j := i + 1; j < l; j++ {
				row, col := i, j // of the element that becomes zero
				if !upper {
					row, col = j, i
				}
				csu, snu, csv, snv, csq, snq := impl.Dlags2(upper, at(a, i, i, leastA), at(a, row, col, leastA), at(a, j, j, leastA),
					at(b, i, i, leastB), at(b, row, col, leastB), at(b, j, j, leastB))
				if j < rows {
					rotateRows(a, i, j, csu, snu)
					rotateColumns(u, i, j, csu, snu)
				}
				rotateRows(b, i, j, csv, snv)
				rotateColumns(p.V, i, j, csv, snv)
				rotateColumns(above, i, j, csq, snq)
				rotateColumns(b, i, j, csq, snq)
				rotateColumns(q, i, j, csq, snq)
				if row < rows {
					a.Data[row*a.Stride+col] = 0
				}
				b.Data[row*b.Stride+col] = 0
			}
		}
		if !upper && distance(a, b, work) <= min(tolA, tolB) {
			p.pairs(k, a, b, alpha, beta)
			return true
		}
	}
	return false
}

// at is an element of a matrix whose further rows are zero, and so is what is not larger than least.
func at(x blas64.General, i, j int, least float64) float64 {
	if i >= x.Rows || math.Abs(x.Data[i*x.Stride+j]) <= least {
		return 0
	}
	return x.Data[i*x.Stride+j]
}

func rotateRows(x blas64.General, i, j int, cos, sin float64) {
	blas64.Implementation().Drot(x.Cols, x.Data[j*x.Stride:], 1, x.Data[i*x.Stride:], 1, cos, sin)
}

func rotateColumns(x blas64.General, i, j int, cos, sin float64) {
	if x.Rows > 0 {
		blas64.Implementation().Drot(x.Rows, x.Data[j:], x.Stride, x.Data[i:], x.Stride, cos, sin)
	}
}

// distance is how far the rows of a are from those of b, both triangles.
func distance(a, b blas64.General, work []float64) (most float64) {
	l := a.Cols
	for i := range a.Rows {
		x, y := work[:l-i], work[l:2*l-i]
		copy(x, a.Data[i*a.Stride+i:i*a.Stride+l])
		copy(y, b.Data[i*b.Stride+i:i*b.Stride+l])
		most = math.Max(most, math.Abs(gonum.Implementation{}.Dlapll(l-i, x, 1, y, 1)))
	}
	return most
}

// pairs finds alpha and beta from the diagonals of a and b, and brings R into a.
func (p *Pair) pairs(k int, a, b blas64.General, alpha, beta []float64) {
	bi := blas64.Implementation()
	l := b.Rows
	clear(alpha)
	clear(beta)
	for i := range k {
		alpha[i] = 1
	}
	for i := range l {
		if i >= a.Rows {
			beta[k+i] = 1
			continue
		}
		length, rowA, rowB := l-i, a.Data[i*a.Stride+i:], b.Data[i*b.Stride+i:]
		ratio := rowB[0] / rowA[0]
		if !(math.Abs(ratio) <= math.MaxFloat64) {
			beta[k+i] = 1
			copy(rowA[:length], rowB)
			continue
		}
		if ratio < 0 {
			bi.Dscal(length, -1, rowB, 1)
			if wanted(p.V) {
				bi.Dscal(p.V.Rows, -1, p.V.Data[i:], p.V.Stride)
			}
		}
		beta[k+i], alpha[k+i], _ = gonum.Implementation{}.Dlartg(math.Abs(ratio), 1)
		if alpha[k+i] >= beta[k+i] {
			bi.Dscal(length, 1/alpha[k+i], rowA, 1)
		} else {
			bi.Dscal(length, 1/beta[k+i], rowB, 1)
			copy(rowA[:length], rowB)
		}
	}
}

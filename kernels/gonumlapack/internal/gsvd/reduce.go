// The steps below are Dggsvp3 of gonum,
// Copyright ©2017 The Gonum Authors, under the BSD license in kernels/gonumlapack/gonum-LICENSE.

package gsvd

import (
	"math"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/blas64"
	"gonum.org/v1/gonum/lapack/gonum"
)

// Reduce makes A and B triangles on the right, as gonum's Dggsvp3 does. What is not larger than
// tolA and tolB is taken for zero. tau has the length of a row.
func (p *Pair) Reduce(tolA, tolB float64, tau, work []float64) (k, l int) {
	var impl gonum.Implementation
	m, n := p.A.Rows, p.A.Cols

	// B*P = V*[ S11 S12 ]
	//         [  0   0  ]
	l = p.factor(p.B, tolB, tau, work)
	p.permute(p.A, n)
	p.form(p.V, p.B, tau, work)
	clearBelow(p.B, l)
	if wanted(p.Q) {
		impl.Dlaset(blas.All, n, n, 0, 1, p.Q.Data, p.Q.Stride)
		p.permute(p.Q, n)
	}
	if n > l {
		// [ S11 S12 ] = [ 0 S12 ]*Z
		toTheRight(part(p.B, 0, l, 0, n), tau, work, p.A, p.Q)
	}

	// A = [ A11 A12 ], of n-l and l columns, and
	// A11 = U*[ 0 T12 ]*P1ᵀ.
	//         [ 0  0  ]
	a11, a12 := part(p.A, 0, m, 0, n-l), part(p.A, 0, m, n-l, n)
	k = p.factor(a11, tolA, tau, work)
	p.multiply(blas.Left, blas.Trans, a11, tau, a12, work)
	p.form(p.U, a11, tau, work)
	p.permute(p.Q, n-l)
	clearBelow(a11, k)
	if n-l > k {
		// [ T11 T12 ] = [ 0 T12 ]*Z1
		toTheRight(part(a11, 0, k, 0, n-l), tau, work, p.Q)
	}
	if m > k && l > 0 {
		rest := part(a12, k, m, 0, l)
		p.Dgeqrf(m-k, l, rest.Data, rest.Stride, tau[:min(m-k, l)], work, len(work))
		if wanted(p.U) {
			p.multiply(blas.Right, blas.NoTrans, rest, tau, part(p.U, 0, m, k, m), work)
		}
		clearBelow(rest, min(m-k, l))
	}
	return k, l
}

// factor computes the QR factorization of x with its columns in a better order, and x's rank.
func (p *Pair) factor(x blas64.General, tol float64, tau, work []float64) (rank int) {
	order, count := p.Columns[:x.Cols], min(x.Rows, x.Cols)
	for j := range order {
		order[j] = j
		if count > 0 {
			order[j] = -1 // A column with another number would not be moved.
		}
	}
	gonum.Implementation{}.Dgeqp3(x.Rows, x.Cols, x.Data, x.Stride, order, tau, work, len(work))
	for i := range count {
		if math.Abs(x.Data[i*x.Stride+i]) > tol {
			rank++
		}
	}
	return rank
}

// permute brings the first n columns of x into the order that factor found.
func (p *Pair) permute(x blas64.General, n int) {
	if wanted(x) {
		gonum.Implementation{}.Dlapmt(true, x.Rows, n, x.Data, x.Stride, p.Columns[:n])
	}
}

// form makes u the orthogonal matrix of factor, if it is wanted.
func (p *Pair) form(u, x blas64.General, tau, work []float64) {
	if !wanted(u) {
		return
	}
	k := min(x.Rows, x.Cols)
	if u.Rows > 1 && k > 0 {
		gonum.Implementation{}.Dlacpy(blas.Lower, u.Rows-1, k, x.Data[x.Stride:], x.Stride, u.Data[u.Stride:], u.Stride)
	}
	p.Dorgqr(u.Rows, u.Rows, k, u.Data, u.Stride, tau[:k], work, len(work))
}

// multiply multiplies c by the orthogonal matrix of factor.
func (p *Pair) multiply(side blas.Side, trans blas.Transpose, x blas64.General, tau []float64, c blas64.General, work []float64) {
	if k := min(x.Rows, x.Cols); k > 0 && c.Cols > 0 {
		p.Dormqr(side, trans, c.Rows, c.Cols, k, x.Data, x.Stride, tau[:k], c.Data, c.Stride, work, len(work))
	}
}

// toTheRight makes x = R*Z a triangle in its last columns, with zeros before it, and multiplies
// others by Zᵀ. They may have more columns than x.
func toTheRight(x blas64.General, tau, work []float64, others ...blas64.General) {
	var impl gonum.Implementation
	k, n := x.Rows, x.Cols
	if k == 0 {
		return
	}
	impl.Dgerq2(k, n, x.Data, x.Stride, tau, work)
	for _, y := range others {
		if y.Rows > 0 {
			impl.Dormr2(blas.Right, blas.Trans, y.Rows, n, k, x.Data, x.Stride, tau, y.Data, y.Stride, work)
		}
	}
	for i := range k {
		clear(x.Data[i*x.Stride : i*x.Stride+n-k+i])
	}
}

// clearBelow clears what is below the triangle of the first k rows.
func clearBelow(x blas64.General, k int) {
	if x.Cols == 0 {
		return
	}
	for i := range x.Rows {
		until := x.Cols
		if i < k {
			until = i
		}
		clear(x.Data[i*x.Stride : i*x.Stride+until])
	}
}

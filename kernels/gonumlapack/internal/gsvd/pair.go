package gsvd

import (
	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/blas64"
	"gonum.org/v1/gonum/lapack/gonum"
)

// QR is what a QR factorization is made and used by.
type QR interface {
	Dgeqrf(m, n int, a []float64, lda int, tau, work []float64, lwork int)
	Dormqr(side blas.Side, trans blas.Transpose, m, n, k int, a []float64, lda int, tau, c []float64, ldc int, work []float64, lwork int)
	Dorgqr(m, n, k int, a []float64, lda int, tau, work []float64, lwork int)
}

// A Pair is two matrices of as many columns, and the orthogonal matrices of their
// decomposition. Of these, the zero value is one that nobody wants.
type Pair struct {
	QR
	A, B, U, V, Q blas64.General
	Columns       []int // their order, as many as there are
}

func wanted(x blas64.General) bool { return x.Rows > 0 }

// part is a part of a matrix, from row and column to row and column.
func part(x blas64.General, fromRow, toRow, from, to int) blas64.General {
	y := blas64.General{Rows: toRow - fromRow, Cols: to - from, Stride: x.Stride}
	if y.Rows > 0 && y.Cols > 0 {
		y.Data = x.Data[fromRow*x.Stride+from:]
	}
	return y
}

// Least is the shortest workspace of Reduce. Without columns there is nothing to do but to make the orthogonal
// matrices that are wanted.
func (p *Pair) Least() int {
	if p.A.Cols == 0 {
		return max(1, p.U.Rows, p.V.Rows)
	}
	return max(3*p.A.Cols+1, p.A.Rows, p.B.Rows)
}

// Wanted is the workspace of Reduce that is best. It asks for it in work.
func (p *Pair) Wanted(work []float64) int {
	best := p.Least()
	for _, x := range [...]struct{ from, q blas64.General }{{p.A, p.U}, {p.B, p.V}} {
		rows, cols, stride := x.from.Rows, x.from.Cols, x.from.Stride
		k := min(rows, cols)
		gonum.Implementation{}.Dgeqp3(rows, cols, nil, stride, nil, nil, work, -1)
		best = max(best, int(work[0]))
		p.Dgeqrf(rows, cols, nil, stride, nil, work, -1)
		best = max(best, int(work[0]))
		p.Dormqr(blas.Left, blas.Trans, rows, cols, k, nil, stride, nil, nil, stride, work, -1)
		best = max(best, int(work[0]))
		if wanted(x.q) {
			p.Dorgqr(rows, rows, k, nil, x.q.Stride, nil, work, -1)
			best = max(best, int(work[0]))
		}
	}
	return best
}

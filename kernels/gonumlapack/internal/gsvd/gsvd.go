// Package gsvd is gonum's generalized singular value decomposition without its mistakes. Gonum's
// Dggsvp3 leaves all columns in their places, where those of deficient rank must be moved, takes
// reflectors of an RQ factorization for those of a QR factorization, and clears numbers in one
// row that are in another. Its Dggsvd3 multiplies numbers that overflow or underflow then, and its
// Dtgsja rotates one matrix by what has underflowed in the other.
package gsvd

import (
	"math"

	"gonum.org/v1/gonum/blas/blas64"
	"gonum.org/v1/gonum/lapack"
	"gonum.org/v1/gonum/lapack/gonum"
)

// Decompose is gonum's Dggsvd3. Its workspace is a row longer than that of Reduce.
func (p *Pair) Decompose(alpha, beta, work []float64) (k, l int, ok bool) {
	n := p.A.Cols
	factor := math.Ldexp(1, scaling(norm(lapack.MaxAbs, p.A), norm(lapack.MaxAbs, p.B)))
	p.scale(factor)
	// What is smaller than rounding is no part of the rank.
	tolerance := func(x blas64.General) float64 {
		return float64(max(x.Rows, n)) * math.Max(norm(lapack.Frobenius, x), 0x1p-1022) * 0x1p-52
	}
	tolA, tolB := tolerance(p.A), tolerance(p.B)
	k, l = p.Reduce(tolA, tolB, work[:n], work[n:])
	ok = p.decomposeTriangles(k, l, tolA, tolB, alpha, beta, work)
	p.scale(1 / factor)

	// The order in which alpha descends, as swaps.
	copy(work, alpha)
	end := min(k+l, p.A.Rows)
	for i := k; i < end; i++ {
		most := i
		for j := i + 1; j < end; j++ {
			if work[j] > work[most] {
				most = j
			}
		}
		work[i], work[most] = work[most], work[i]
		p.Columns[i] = most
	}
	return k, l, ok
}

func norm(of lapack.MatrixNorm, x blas64.General) float64 {
	return gonum.Implementation{}.Dlange(of, x.Rows, x.Cols, x.Data, x.Stride, nil)
}

// Exponents of 2. Dlags2 multiplies elements of A by those of B, and compares sums of them.
const (
	mostProduct  = 512  // of the product of norms that needs no factor; half of all there are
	mostExponent = 1000 // of a norm, and of a factor, which has an inverse
)

// scaling is the exponent of a factor for both, by which products of their elements neither overflow
// nor underflow. Alpha and beta do not change by it.
func scaling(normA, normB float64) int {
	if normA == 0 {
		normA = normB
	}
	if normB == 0 {
		normB = normA
	}
	_, a := math.Frexp(normA)
	_, b := math.Frexp(normB)
	by := 0
	if a+b > mostProduct || a+b < -mostProduct {
		by = -(a + b) / 2
	}
	return max(-mostExponent, min(by, mostExponent, mostExponent-max(a, b)))
}

func (p *Pair) scale(factor float64) {
	if factor == 1 {
		return
	}
	for _, x := range [...]blas64.General{p.A, p.B} {
		gonum.Implementation{}.Dlascl(lapack.General, 0, 0, 1, factor, x.Rows, x.Cols, x.Data, x.Stride)
	}
}

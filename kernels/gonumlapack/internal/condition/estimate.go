// Package condition estimates condition numbers from factorizations, and has the norms that
// they ask for.
package condition

import (
	"math"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/blas64"
	"gonum.org/v1/gonum/lapack/gonum"
)

// Factors are a matrix of order N as a product of one triangle or two, which lie in A.
type Factors struct {
	List  [2]Factor
	Count int
	N     int
	A     []float64
	Lda   int
}

// Estimator has the workspace of an estimate, N numbers each.
type Estimator struct {
	Factors
	X, V, Spare []float64
	Signs       []int

	// Least is what a solution times its scale may not fall below.
	Least float64

	careful bool
}

// mostSteps bounds the search for the column of the inverse that is largest.
const mostSteps = 5

// InverseNorm estimates the largest sum of absolute values of a column of the inverse or,
// transposed, of a row. It is the method of Higham that LAPACK has in Dlacn2. It fails where
// the matrix is singular to working precision.
func (e *Estimator) InverseNorm(transposed bool) (norm float64, ok bool) {
	b := blas64.Implementation()
	n, x, v, signs := e.N, e.X[:e.N], e.V[:e.N], e.Signs[:e.N]
	for i := range x {
		x[i] = 1 / float64(n)
	}
	if !e.solve(b, transposed) {
		return 0, false
	}
	if n == 1 {
		return math.Abs(x[0]), true
	}
	norm = sumOf(b, x)
	takeSigns(x, signs)
	if !e.solve(b, !transposed) {
		return 0, false
	}
	for at, step := largestOf(x), 2; ; step++ {
		clear(x)
		x[at] = 1
		if !e.solve(b, transposed) {
			return 0, false
		}
		copy(v, x)
		before := norm
		norm = sumOf(b, v)
		if sameSigns(x, signs) || norm <= before {
			break
		}
		takeSigns(x, signs)
		if !e.solve(b, !transposed) {
			return 0, false
		}
		last := at
		at = largestOf(x)
		if x[last] == math.Abs(x[at]) || step == mostSteps {
			break
		}
	}
	// The method is misled by some matrices; this vector finds most of them.
	for i := range x {
		x[i] = 1 + float64(i)/float64(n-1)
		if i%2 == 1 {
			x[i] = -x[i]
		}
	}
	if !e.solve(b, transposed) {
		return 0, false
	}
	return math.Max(norm, 2*sumOf(b, x)/float64(3*n)), true
}

// takeSigns replaces numbers by their signs, and keeps these.
func takeSigns(x []float64, signs []int) {
	for i, v := range x {
		x[i] = math.Copysign(1, v)
		signs[i] = int(x[i])
	}
}

func sameSigns(x []float64, signs []int) bool {
	for i, v := range x {
		if int(math.Copysign(1, v)) != signs[i] {
			return false
		}
	}
	return true
}

// solve replaces x by the inverse of the matrix, or of its transpose, times x.
//
// Dlatrs goes through columns of a triangle one at a time where it cannot exclude that numbers
// overflow, and its bound excludes that for small triangles only. So the fast routines come
// first: where they overflow, the result is not finite, and Dlatrs begins again. From then on
// it is alone.
func (e *Estimator) solve(b blas.Float64, transposed bool) bool {
	x, spare := e.X[:e.N], e.Spare[:e.N]
	if !e.careful {
		copy(spare, x)
		for k := range e.Count {
			f := e.factor(k, transposed)
			if e.N < fewestInBLAS {
				solveSmall(f, e.N, e.A, e.Lda, x)
			} else {
				b.Dtrsv(f.Uplo, f.Trans, f.Diag, e.N, e.A, e.Lda, x, 1)
			}
		}
		if finite(x) {
			return true
		}
		e.careful = true
		copy(x, spare)
	}
	scale := 1.0
	var careful gonum.Implementation
	for k := range e.Count {
		f := e.factor(k, transposed)
		scale *= careful.Dlatrs(f.Uplo, f.Trans, f.Diag, false, e.N, e.A, e.Lda, x, spare)
	}
	if scale == 1 {
		return true
	}
	if scale == 0 || scale < math.Abs(x[largestOf(x)])*e.Least {
		return false
	}
	careful.Drscl(e.N, scale, x, 1)
	return true
}

// factor is the one that is solved for as the k-th.
func (e *Estimator) factor(k int, transposed bool) Factor {
	if !transposed {
		return e.List[k]
	}
	f := e.List[e.Count-1-k]
	if f.Trans == blas.NoTrans {
		f.Trans = blas.Trans
	} else {
		f.Trans = blas.NoTrans
	}
	return f
}

func finite(x []float64) bool {
	for _, v := range x {
		if !(math.Abs(v) <= math.MaxFloat64) {
			return false
		}
	}
	return true
}

func largestOf(x []float64) (at int) {
	largest := math.Abs(x[0])
	for i, v := range x {
		if a := math.Abs(v); a > largest {
			largest, at = a, i
		}
	}
	return at
}

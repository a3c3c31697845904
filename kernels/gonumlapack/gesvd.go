package gonumlapack

import (
	"math"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/blas64"
	"gonum.org/v1/gonum/lapack"
)

// fewestSingular is the order below which singular vectors are gonum's, with the signs that its tests know:
// ours are no faster there. Those of order 1 are ours, since gonum reads behind them.
const fewestSingular = 17

// Dgesvd computes the singular value decomposition of a. Singular vectors are rotated as rows,
// of either side: gonum's rotations of columns are most of its time. Where no vectors are
// wanted, the values are gonum's.
func (i Implementation) Dgesvd(jobU, jobVT lapack.SVDJob, m, n int, a []float64, lda int, s, u []float64, ldu int, vt []float64, ldvt int, work []float64, lwork int) (ok bool) {
	refuseHuge("a", m, n, lda)
	refuseHuge("u", m, min(m, n), ldu)
	refuseHuge("vt", min(m, n), n, ldvt)
	if notFiniteSingular(jobU, jobVT, m, n, a, lda, s, u, ldu, vt, ldvt, work, lwork) {
		return false
	}
	if min(m, n) < 1 {
		return i.Implementation.Dgesvd(jobU, jobVT, m, n, a, lda, s, u, ldu, vt, ldvt, work, lwork)
	}
	rowsU, okU := vectors(jobU, m, min(m, n))
	rowsV, okV := vectors(jobVT, n, min(m, n))
	if okU && okV && rowsU+rowsV == 0 {
		return i.singularValues(m, n, a, lda, s, u, ldu, vt, ldvt, work, lwork)
	}
	if least := min(m, n); 1 < least && least < fewestSingular {
		return i.Implementation.Dgesvd(jobU, jobVT, m, n, a, lda, s, u, ldu, vt, ldvt, within(work, lwork), lwork)
	}
	if !okU || !okV || lda < n ||
		rowsU > 0 && ldu < rowsU || rowsV > 0 && ldvt < n || ldu < 1 || ldvt < 1 || len(work) < max(1, lwork) {
		return i.Implementation.Dgesvd(jobU, jobVT, m, n, a, lda, s, u, ldu, vt, ldvt, work, lwork)
	}
	// What is wider than high is transposed: its right vectors are then the left ones
	// of a high matrix.
	x := svd{Implementation: i, rows: m, cols: n, left: rowsU, right: rowsV}
	if m < n {
		x = svd{Implementation: i, rows: n, cols: m, left: rowsV, right: rowsU}
	}
	x.tall = 5*x.rows >= 8*x.cols
	wanted := x.area()
	if lwork == -1 {
		work[0] = float64(wanted)
		return true
	}
	if !isWorkspace(leastOfSingular(m, n), work, lwork) || !storesMatrix(m, n, a, lda) || len(s) < x.cols ||
		rowsU > 0 && !storesMatrix(m, rowsU, u, ldu) || rowsV > 0 && !storesMatrix(rowsV, n, vt, ldvt) {
		return i.Implementation.Dgesvd(jobU, jobVT, m, n, a, lda, s, u, ldu, vt, ldvt, work, lwork) // names the mistake
	}
	factor := i.scaleSingular(m, n, a, lda)
	x.work = enough(work[:lwork], wanted)
	// The vectors to be transposed are made in their own place where that is square.
	place := x.take(m * n)
	thin := m > rowsU && rowsU > 0
	if m < n {
		transpose(m, n, a, lda, place)
		x.a, x.lda = place, m
		x.ut, x.ldut, x.vt, x.ldvt = vt, ldvt, u, ldu
	} else {
		x.a, x.lda = a, lda
		x.ut, x.ldut, x.vt, x.ldvt = u, ldu, vt, ldvt
		if thin {
			x.ut, x.ldut = place, m
		}
	}
	ok = x.decompose(s[:x.cols])
	if thin {
		transposeBack(m, rowsU, place, u, ldu)
	} else {
		transposeSquare(rowsU, u, ldu)
	}
	i.unscaleSingular(factor, s[:x.cols])
	work[0] = float64(wanted)
	return ok
}

// singularValues is Dgesvd without vectors. What is much higher than wide, or wider than high, is
// made a triangle first.
func (i Implementation) singularValues(m, n int, a []float64, lda int, s, u []float64, ldu int, vt []float64, ldvt int, work []float64, lwork int) (ok bool) {
	values := func(m, n, lda int, work []float64, lwork int) bool {
		return i.Implementation.Dgesvd(lapack.SVDNone, lapack.SVDNone, m, n, a, lda, s, u, ldu, vt, ldvt, work, lwork)
	}
	k := min(m, n)
	if lda < n || ldu < 1 || ldvt < 1 || len(work) < max(1, lwork) || lwork != -1 && (!isWorkspace(leastOfSingular(m, n), work, lwork) || !storesMatrix(m, n, a, lda) || len(s) < k) {
		return values(m, n, lda, work, lwork) // names the mistake
	}
	rows, cols, stride, asked := m, n, lda, []float64{0}
	triangle := 5*max(m, n)+4 >= 8*k // where gonum would make one, too
	if triangle {
		rows, cols = k, k
		if k == 1 {
			stride = 1 // gonum looks for a second row
		}
	}
	i.factor(m, n, a, lda, nil, asked, -1)
	wanted := k + int(asked[0])
	values(rows, cols, stride, asked, -1)
	wanted = max(wanted, int(asked[0]), leastOfSingular(m, n))
	if lwork == -1 {
		work[0] = float64(wanted)
		return true
	}
	space := enough(work[:lwork], wanted)
	factor := i.scaleSingular(m, n, a, lda)
	if triangle {
		i.factor(m, n, a, lda, space[:k], space[k:], len(space)-k)
		for r := range k {
			if row := a[r*lda : r*lda+k]; m >= n {
				clear(row[:r])
			} else {
				clear(row[r+1:])
			}
		}
	}
	ok = values(rows, cols, stride, space, len(space))
	i.unscaleSingular(factor, s[:k])
	work[0] = float64(wanted)
	return ok
}

// scaleSingular multiplies a by a factor with which nothing overflows or is lost on the way to its singular values.
func (i Implementation) scaleSingular(m, n int, a []float64, lda int) (factor float64) {
	bound := math.Sqrt(smallestNormal) / (2 * epsilon)
	factor = scaleInto(i.Dlange(lapack.MaxAbs, m, n, a, lda, nil), bound, 1/bound)
	if factor != 1 {
		i.Dlascl(lapack.General, 0, 0, 1, factor, m, n, a, lda)
	}
	return factor
}

// unscaleSingular divides singular values by that factor.
func (i Implementation) unscaleSingular(factor float64, s []float64) {
	if factor != 1 {
		i.Dlascl(lapack.General, 0, 0, factor, 1, len(s), 1, s, 1)
	}
}

// vectors is the number of singular vectors wanted on a side.
func vectors(job lapack.SVDJob, all, least int) (int, bool) {
	switch job {
	case lapack.SVDAll:
		return all, true
	case lapack.SVDStore:
		return least, true
	case lapack.SVDNone:
		return 0, true
	}
	return 0, false
}

// svd decomposes the rows x cols matrix a, no wider than high, into left rows of Uᵀ and right
// rows of Vᵀ, either of which may be none.
type svd struct {
	Implementation
	rows, cols  int
	a           []float64
	lda         int
	left, right int
	ut          []float64
	ldut        int
	vt          []float64
	ldvt        int
	tall        bool // enough for a QR factorization to pay
	work        []float64
}

// area is the workspace of all that Dgesvd and decompose take, whatever vectors are wanted: the
// routine is then the same for all, and so are the singular values.
func (x *svd) area() int {
	// gonum's Dgebrd wants 32 rows and columns of what it reduces.
	block, reduced := reflectorBlock(x.cols, x.rows), x.rows
	if x.tall {
		reduced = x.cols
	}
	area := x.rows*x.cols + 3*x.cols + max(32*(reduced+x.cols), block*(x.rows+x.cols+block), 2*rotationArea(x.cols))
	if x.tall {
		area += x.cols + x.cols*x.cols
	}
	return area
}

// take cuts n numbers from the workspace.
func (x *svd) take(n int) []float64 {
	w := x.work[:n]
	x.work = x.work[n:]
	return w
}

func (x *svd) decompose(s []float64) (ok bool) {
	if !x.tall {
		return x.bidiagonalize(x.rows, x.a, x.lda, x.left, s)
	}
	// A = Q*R, and U is Q times that of R.
	tau, r := x.take(x.cols), x.take(x.cols*x.cols)
	x.Dgeqrf(x.rows, x.cols, x.a, x.lda, tau, x.work, len(x.work))
	for i := range x.cols {
		row := r[i*x.cols : (i+1)*x.cols]
		clear(row[:i])
		copy(row[i:], x.a[i*x.lda+i:i*x.lda+x.cols])
	}
	if !x.bidiagonalize(x.cols, r, x.cols, min(x.left, x.cols), s) {
		return false
	}
	if x.left == 0 {
		return true
	}
	for i := range x.left {
		row := x.ut[i*x.ldut : i*x.ldut+x.rows]
		if i < x.cols {
			clear(row[x.cols:])
			continue
		}
		clear(row)
		row[i] = 1
	}
	x.Dormqr(blas.Right, blas.Trans, x.left, x.rows, x.cols, x.a, x.lda, tau, x.ut, x.ldut, x.work, len(x.work))
	return true
}

// bidiagonalize decomposes a matrix of x.cols columns by way of a bidiagonal one.
func (x *svd) bidiagonalize(rows int, a []float64, lda, left int, s []float64) (ok bool) {
	n := x.cols
	e, tauQ, tauP := x.take(n), x.take(n), x.take(n)
	x.Dgebrd(rows, n, a, lda, s, e[:n-1], tauQ, tauP, x.work, len(x.work))
	if x.right > 0 {
		// The reflectors of rows begin right of the diagonal.
		clear(x.vt[:n])
		x.vt[0] = 1
		for i := 1; i < n; i++ {
			row := x.vt[i*x.ldvt : i*x.ldvt+n]
			row[0] = 0
			copy(row[i:], a[(i-1)*lda+i:(i-1)*lda+n])
		}
		if n > 1 {
			x.Dorglq(n-1, n-1, n-1, x.vt[x.ldvt+1:], x.ldvt, tauP[:n-1], x.work, len(x.work))
		}
	}
	if left > 0 {
		for i := range n {
			for j := i; j < rows; j++ {
				x.ut[i*x.ldut+j] = a[j*lda+i]
			}
		}
		x.Dorglq(left, rows, n, x.ut, x.ldut, tauQ, x.work, len(x.work))
	}
	b := blas64.Implementation()
	half := rotationArea(n)
	u := rotations{b: b, z: x.ut, ldz: x.ldut, order: n, work: x.work[:half]}
	v := rotations{b: b, z: x.vt, ldz: x.ldvt, order: n, work: x.work[half : 2*half]}
	if left > 0 {
		u.cols = rows
	}
	if x.right > 0 {
		v.cols = n
	}
	return (&bidiagonal{d: s, e: e[:n-1], u: &u, v: &v}).singularVectors()
}

// leastOfSingular is the shortest workspace of Dgesvd.
func leastOfSingular(m, n int) int { return max(3*min(m, n)+max(m, n), 5*min(m, n)) }

// notFiniteSingular tells that a call of Dgesvd has a matrix with NaN or infinities, for some of which
// gonum goes on for ever, and no mistake in another argument.
func notFiniteSingular(jobU, jobVT lapack.SVDJob, m, n int, a []float64, lda int, s, u []float64, ldu int, vt []float64, ldvt int, work []float64, lwork int) bool {
	short := min(m, n)
	columnsU, okU := vectors(jobU, m, short)
	rowsVT, okVT := vectors(jobVT, n, short)
	if !okU || !okVT || !storesMatrix(m, n, a, lda) || len(s) < short || !storesResult(columnsU > 0, m, columnsU, u, ldu) ||
		!storesResult(rowsVT > 0, rowsVT, n, vt, ldvt) || !isWorkspace(leastOfSingular(m, n), work, lwork) {
		return false
	}
	return !isFinite(Implementation{}.Dlange(lapack.MaxAbs, m, n, a, lda, nil))
}

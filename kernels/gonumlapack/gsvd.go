package gonumlapack

import (
	"gonum.org/v1/gonum/blas/blas64"
	"gonum.org/v1/gonum/lapack"

	"github.com/targetprop/targetprop/kernels/gonumlapack/internal/gsvd"
)

// Dggsvd3 computes the generalized singular value decomposition of two matrices, and returns k and l,
// the parts of their rank, and whether it was found. It is ours for every order: gonum's is wrong, or
// panics, where ranks are deficient.
func (i Implementation) Dggsvd3(jobU, jobV, jobQ lapack.GSVDJob, m, n, p int, a []float64, lda int, b []float64, ldb int, alpha, beta, u []float64, ldu int, v []float64, ldv int, q []float64, ldq int, work []float64, lwork int, iwork []int) (k, l int, ok bool) {
	x, sizes, stored := i.pair(jobU, jobV, jobQ, m, p, n, a, lda, b, ldb, u, ldu, v, ldv, q, ldq, iwork)
	enoughWork := lwork > n && len(work) >= lwork
	query := lwork == -1 && len(work) > 0
	if !sizes || !query && (!enoughWork || !stored || len(alpha) != n || len(beta) != n) {
		if lwork != -1 && lwork <= n {
			lwork = 0 // which gonum has words for; n-1 it would take for a query
		}
		return i.Implementation.Dggsvd3(jobU, jobV, jobQ, m, n, p, a, lda, b, ldb, alpha, beta, u, ldu, v, ldv, q, ldq, work, lwork, iwork)
	}
	wanted := float64(n + x.Wanted(work))
	if query {
		work[0] = wanted
		return 0, 0, true
	}
	if isFinite(i.Dlange(lapack.MaxAbs, m, n, a, lda, nil)) && isFinite(i.Dlange(lapack.MaxAbs, p, n, b, ldb, nil)) {
		k, l, ok = x.Decompose(alpha, beta, enough(work[:lwork], n+x.Least()))
	}
	work[0] = wanted
	return k, l, ok
}

// Dggsvp3 makes two matrices triangles, from which their generalized singular values follow, and
// returns the parts of their rank.
func (i Implementation) Dggsvp3(jobU, jobV, jobQ lapack.GSVDJob, m, p, n int, a []float64, lda int, b []float64, ldb int, tola, tolb float64, u []float64, ldu int, v []float64, ldv int, q []float64, ldq int, iwork []int, tau, work []float64, lwork int) (k, l int) {
	x, sizes, stored := i.pair(jobU, jobV, jobQ, m, p, n, a, lda, b, ldb, u, ldu, v, ldv, q, ldq, iwork)
	query := lwork == -1 && len(work) > 0
	if !sizes || !query && (!isWorkspace(1, work, lwork) || !stored || len(tau) < n) {
		return i.Implementation.Dggsvp3(jobU, jobV, jobQ, m, p, n, a, lda, b, ldb, tola, tolb, u, ldu, v, ldv, q, ldq, iwork, tau, work, lwork)
	}
	wanted := float64(x.Wanted(work))
	if query {
		work[0] = wanted
		return 0, 0
	}
	k, l = x.Reduce(tola, tolb, tau, enough(work[:lwork], x.Least()))
	work[0] = wanted
	return k, l
}

// pair are the matrices of a call, and whether their sizes are right, and all of them stored.
// Where they are not, gonum's routine names the mistake.
func (i Implementation) pair(jobU, jobV, jobQ lapack.GSVDJob, m, p, n int, a []float64, lda int, b []float64, ldb int, u []float64, ldu int, v []float64, ldv int, q []float64, ldq int, iwork []int) (x gsvd.Pair, sizes, stored bool) {
	refuseHuge("a", m, n, lda)
	refuseHuge("b", p, n, ldb)
	x = gsvd.Pair{QR: i, Columns: iwork}
	sizes = m >= 0 && p >= 0 && n >= 0 && lda >= max(1, n) && ldb >= max(1, n) && len(iwork) == n
	stored = storesResult(m > 0 && n > 0, m, n, a, lda) && storesResult(p > 0 && n > 0, p, n, b, ldb)
	x.A = blas64.General{Rows: m, Cols: n, Data: a, Stride: lda}
	x.B = blas64.General{Rows: p, Cols: n, Data: b, Stride: ldb}
	orthogonal := func(name string, job, want lapack.GSVDJob, order int, data []float64, stride int) (o blas64.General) {
		wanted := job == want
		sizes = sizes && (wanted || job == lapack.GSVDNone) && stride >= 1 && (!wanted || stride >= order)
		if wanted && order > 0 {
			refuseHuge(name, order, order, stride)
			stored = stored && storesMatrix(order, order, data, stride)
			o = blas64.General{Rows: order, Cols: order, Data: data, Stride: stride}
		}
		return o
	}
	x.U = orthogonal("u", jobU, lapack.GSVDU, m, u, ldu)
	x.V = orthogonal("v", jobV, lapack.GSVDV, p, v, ldv)
	x.Q = orthogonal("q", jobQ, lapack.GSVDQ, n, q, ldq)
	return x, sizes, stored
}

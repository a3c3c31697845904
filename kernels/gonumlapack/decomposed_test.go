package gonumlapack_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/blas64"
	"gonum.org/v1/gonum/lapack"
)

// decomposed is a call of Dggsvd3 and what it leaves.
type decomposed struct {
	a, b, u, v, q matrix
	alpha, beta   []float64
	swaps         []int
	k, l          int
	ok            bool
}

// decompose has lwork numbers of workspace, or with -1 as many as a query asks for. jobs has bits for U, V and Q.
func decompose(t *testing.T, a, b matrix, jobs, lwork int) (d decomposed) {
	t.Helper()
	m, p, n := a.rows, b.rows, a.cols
	rng := rand.New(rand.NewPCG(1, 9))
	d = decomposed{a: a.clone(), b: b.clone(), alpha: make([]float64, n), beta: make([]float64, n), swaps: make([]int, n)}
	job := func(bit, order int, yes lapack.GSVDJob, to *matrix) lapack.GSVDJob {
		if jobs&bit == 0 {
			*to = matrix{stride: 1}
			return lapack.GSVDNone
		}
		*to = scaled(random(rng, order, order), math.NaN())
		return yes
	}
	jobU, jobV, jobQ := job(1, m, lapack.GSVDU, &d.u), job(2, p, lapack.GSVDV, &d.v), job(4, n, lapack.GSVDQ, &d.q)
	run := func(work []float64, lwork int) {
		d.k, d.l, d.ok = ours.Dggsvd3(jobU, jobV, jobQ, m, n, p, d.a.data, d.a.stride, d.b.data, d.b.stride, d.alpha, d.beta,
			d.u.data, d.u.stride, d.v.data, d.v.stride, d.q.data, d.q.stride, work, lwork, d.swaps)
	}
	for i := range n {
		d.alpha[i], d.beta[i] = margin, margin
	}
	if lwork == -1 {
		query := []float64{0}
		run(query, -1)
		lwork = int(query[0])
	}
	work := make([]float64, lwork+1)
	work[lwork] = margin
	run(work[:lwork], lwork)
	for _, x := range []matrix{d.a, d.b, d.u, d.v, d.q} {
		if !x.marginsKept() || work[lwork] != margin {
			t.Fatalf("%d and %d x %d with %d: written outside", m, p, n, lwork)
		}
	}
	return d
}

// times is x*y, or with trans xᵀ*y.
func times(trans blas.Transpose, x, y blas64.General) blas64.General {
	rows := x.Rows
	if trans == blas.Trans {
		rows = x.Cols
	}
	z := blas64.General{Rows: rows, Cols: y.Cols, Stride: max(1, y.Cols), Data: make([]float64, rows*y.Cols)}
	if rows > 0 && x.Rows > 0 && x.Cols > 0 && y.Cols > 0 {
		blas64.Gemm(trans, blas.NoTrans, 1, x, y, 0, z)
	}
	return z
}

func (m matrix) general() blas64.General {
	return blas64.General{Rows: m.rows, Cols: m.cols, Stride: m.stride, Data: m.data}
}

// farFrom is the largest element of x minus what it should be.
func farFrom(x blas64.General, want func(i, j int) float64) float64 {
	worst := 0.0
	for i := range x.Rows {
		for j := range x.Cols {
			worst = math.Max(worst, math.Abs(x.Data[i*x.Stride+j]-want(i, j)))
		}
	}
	return worst
}

// check fails unless Uᵀ*A*Q = D1*[ 0 R ], Vᵀ*B*Q = D2*[ 0 R ], and all else is as Dggsvd3's comment says.
func (d decomposed) check(t *testing.T, what string, a, b matrix, rank, rankB int) {
	t.Helper()
	m, p, n, k, l := a.rows, b.rows, a.cols, d.k, d.l
	if !d.ok || l != rankB || k+l != rank {
		t.Fatalf("%s: %v, ranks %d and %d, want %d and %d", what, d.ok, k, l, rank-rankB, rankB)
	}
	bound := 1e-15 * float64(20+m+p+n)
	for i := range n {
		c, s := d.alpha[i], d.beta[i]
		right := math.Abs(c*c+s*s-1) < bound
		switch {
		case i < k:
			right = c == 1 && s == 0
		case i >= k+l:
			right = c == 0 && s == 0
		case i >= m:
			right = c == 0 && s == 1
		}
		if !right {
			t.Fatalf("%s: pair %d of %d + %d is %v, %v", what, i, k, l, c, s)
		}
	}
	sorted := slices.Clone(d.alpha)
	for i := k; i < min(m, k+l); i++ {
		j := d.swaps[i]
		if sorted[i], sorted[j] = sorted[j], sorted[i]; i > k && sorted[i] > sorted[i-1] {
			t.Fatalf("%s: value %d is greater after it has been sorted", what, i)
		}
	}
	r := func(i, j int) float64 { // element of [ 0 R ]
		switch {
		case j < n-k-l+i:
			return 0
		case i < m:
			return d.a.data[i*d.a.stride+j]
		}
		return d.b.data[(i-k)*d.b.stride+j]
	}
	for i := range k + l {
		if r(i, n-k-l+i) == 0 {
			t.Fatalf("%s: R is singular", what)
		}
	}
	q := d.q.general()
	near := func(name string, x, orthogonal matrix, want func(i, j int) float64) {
		t.Helper()
		o := orthogonal.general()
		if off := farFrom(times(blas.Trans, o, o), identity); !(off <= bound) {
			t.Fatalf("%s: %s is not orthogonal, by %v", what, name, off)
		}
		if off := farFrom(times(blas.NoTrans, times(blas.Trans, o, x.general()), q), want); !(off <= bound*x.norm()) {
			t.Fatalf("%s (k %d, l %d): %sᵀ*X*Q is off by %v, bound %v", what, k, l, name, off, bound*x.norm())
		}
	}
	if off := farFrom(times(blas.Trans, q, q), identity); !(off <= bound) {
		t.Fatalf("%s: Q is not orthogonal, by %v", what, off)
	}
	near("U", a, d.u, func(i, j int) float64 {
		if i < k+l {
			return d.alpha[i] * r(i, j)
		}
		return 0
	})
	near("V", b, d.v, func(i, j int) float64 {
		if i < l {
			return d.beta[k+i] * r(k+i, j)
		}
		return 0
	})
}

// checkAll decomposes with all workspaces and all jobs.
func checkAll(t *testing.T, what string, a, b matrix, by [2]float64) {
	t.Helper()
	m, p, n := a.rows, b.rows, a.cols
	rank, rankB := rankOf(a, b), rankOf(b)
	a, b = scaled(a.clone(), by[0]), scaled(b.clone(), by[1])
	what = fmt.Sprintf("%s, %d and %d x %d at %g", what, m, p, n, by)
	for _, lwork := range []int{n + 1, n + max(3*n+1, m, p), 1 + 40*(m+p+n), -1} {
		decompose(t, a, b, 7, lwork).check(t, what, a, b, rank, rankB)
	}
	all := decompose(t, a, b, 7, -1)
	for jobs := range 7 {
		some := decompose(t, a, b, jobs, -1)
		if some.ok != all.ok || some.k != all.k || some.l != all.l || !slices.Equal(some.a.data, all.a.data) || !slices.Equal(some.b.data, all.b.data) ||
			!slices.Equal(some.alpha, all.alpha) || !slices.Equal(some.beta, all.beta) || !slices.Equal(some.swaps, all.swaps) {
			t.Fatalf("%s: with jobs %d others than with all", what, jobs)
		}
	}
}

// rankOf is that of matrices of small integers below each other, modulo a prime.
func rankOf(parts ...matrix) (rank int) {
	const prime = 1<<31 - 1
	var rows [][]int64
	for _, x := range parts {
		for i := range x.rows {
			row := make([]int64, x.cols)
			for j := range row {
				row[j] = (int64(x.data[i*x.stride+j]) + prime) % prime
			}
			rows = append(rows, row)
		}
	}
	for j := range parts[0].cols {
		at := slices.IndexFunc(rows[rank:], func(row []int64) bool { return row[j] != 0 })
		if at < 0 {
			continue
		}
		rows[rank], rows[rank+at] = rows[rank+at], rows[rank]
		pivot := rows[rank]
		for _, row := range rows[rank+1:] {
			if f := row[j]; f != 0 {
				for c, v := range pivot {
					row[c] = (row[c]*pivot[j] + (prime-f)*v) % prime
				}
			}
		}
		rank++
	}
	return rank
}

package gonumlapack_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/lapack"
	"gonum.org/v1/gonum/mat"

	"github.com/targetprop/targetprop/kernels/gonumlapack"
)

// dummies is a matrix of which two columns are orthogonal by their zeros, and the second ends before the
// others do, as those of dummy variables are. So does the second reflector, for which gonum's Dlarft
// leaves out a part of its later sums.
func dummies(rng *rand.Rand, rows, cols int) *mat.Dense {
	m := mat.NewDense(rows, cols, nil)
	for i := range rows {
		for j := range cols {
			if second := i == 1 || i == 2; j > 1 || second == (j == 1) {
				m.Set(i, j, rng.NormFloat64())
			}
		}
	}
	return m
}

// apart is the largest difference of two matrices of equal shape.
func apart(x, y mat.Matrix) float64 {
	var d mat.Dense
	d.Sub(x, y)
	return mat.Norm(&d, math.Inf(1))
}

// TestReflectorsThatEndInZeros: factorizations are those of the matrix, also of dummy variables,
// whatever the workspace.
func TestReflectorsThatEndInZeros(t *testing.T) {
	rng := rand.New(rand.NewPCG(7, 7))
	var l gonumlapack.Implementation
	for _, k := range []int{3, 8, 20, 33, 40, 70, 129, 150, 200} {
		for _, n := range []int{k, k + 70, 2*k + 100} {
			a := dummies(rng, n, k)
			near := func(what string, got, want mat.Matrix) {
				t.Helper()
				if off := apart(got, want); !(off < 1e-10) {
					t.Errorf("%s of %d x %d is off by %g", what, n, k, off)
				}
			}
			workspaces := func(least int, query func(work []float64)) []int {
				asked := []float64{0}
				query(asked)
				return []int{max(1, least), max(least, int(asked[0])/3), max(least, 5000), max(least, int(asked[0]))}
			}
			tau := make([]float64, k)
			for _, lwork := range workspaces(k, func(work []float64) { l.Dgeqrf(n, k, nil, k, nil, work, -1) }) {
				qr, work := mat.DenseCopyOf(a), make([]float64, lwork)
				f := qr.RawMatrix()
				l.Dgeqrf(n, k, f.Data, f.Stride, tau, work, lwork)
				q, r := mat.DenseCopyOf(qr), mat.NewDense(n, k, nil)
				for i := range k {
					for j := i; j < k; j++ {
						r.Set(i, j, qr.At(i, j))
					}
				}
				l.Dorgqr(n, k, k, q.RawMatrix().Data, k, tau, work, lwork)
				var qTimesR mat.Dense
				qTimesR.Mul(q, r.Slice(0, k, 0, k))
				near(fmt.Sprint("Dgeqrf and Dorgqr with ", lwork), &qTimesR, a)
				l.Dormqr(blas.Left, blas.NoTrans, n, k, k, f.Data, f.Stride, tau, r.RawMatrix().Data, k, work, lwork)
				near(fmt.Sprint("Dormqr with ", lwork), r, a)
			}
			wide := mat.DenseCopyOf(a.T())
			for _, lwork := range workspaces(k, func(work []float64) { l.Dgelqf(k, n, nil, n, nil, work, -1) }) {
				lq, work := mat.DenseCopyOf(wide), make([]float64, lwork)
				f := lq.RawMatrix()
				l.Dgelqf(k, n, f.Data, f.Stride, tau, work, lwork)
				q, r := mat.DenseCopyOf(lq), mat.NewDense(k, n, nil)
				for i := range k {
					for j := range i + 1 {
						r.Set(i, j, lq.At(i, j))
					}
				}
				l.Dorglq(k, n, k, q.RawMatrix().Data, n, tau, work, lwork)
				var lTimesQ mat.Dense
				lTimesQ.Mul(r.Slice(0, k, 0, k), q)
				near(fmt.Sprint("Dgelqf and Dorglq with ", lwork), &lTimesQ, wide)
				l.Dormlq(blas.Right, blas.NoTrans, k, n, k, f.Data, f.Stride, tau, r.RawMatrix().Data, n, work, lwork)
				near(fmt.Sprint("Dormlq with ", lwork), r, wide)
			}
			x := dummies(rng, k, 2)
			for _, lwork := range workspaces(2*k, func(work []float64) { l.Dgels(blas.NoTrans, n, k, 2, nil, k, nil, 2, work, -1) }) {
				var b mat.Dense
				b.Mul(a, x)
				f := mat.DenseCopyOf(a).RawMatrix()
				if !l.Dgels(blas.NoTrans, n, k, 2, f.Data, f.Stride, b.RawMatrix().Data, 2, make([]float64, lwork), lwork) {
					t.Errorf("%d x %d has no full rank", n, k)
				}
				if n > k+70 { // what is well conditioned
					near(fmt.Sprint("Dgels with ", lwork), b.Slice(0, k, 0, 2), x)
				}
			}
			testSingularOfDummies(t, a, workspaces)
		}
	}
}

// testSingularOfDummies: the singular values are those of the Gram matrix, of half its digits.
func testSingularOfDummies(t *testing.T, a *mat.Dense, workspaces func(least int, query func(work []float64)) []int) {
	t.Helper()
	var l gonumlapack.Implementation
	n, k := a.Dims()
	var gram mat.SymDense
	gram.SymOuterK(1, a.T())
	var e mat.EigenSym
	if !e.Factorize(&gram, false) {
		t.Fatal("no eigenvalues")
	}
	squares := e.Values(nil)
	for _, jobs := range [][2]lapack.SVDJob{{lapack.SVDNone, lapack.SVDNone}, {lapack.SVDStore, lapack.SVDStore}, {lapack.SVDNone, lapack.SVDAll}} {
		for _, m := range []*mat.Dense{a, mat.DenseCopyOf(a.T())} {
			rows, cols := m.Dims()
			job := func(a []float64, s, u, v, work []float64, lwork int) bool {
				return l.Dgesvd(jobs[0], jobs[1], rows, cols, a, cols, s, u, k, v, cols, work, lwork)
			}
			least := max(3*k+n, 5*k)
			for _, lwork := range workspaces(least, func(work []float64) { job(mat.DenseCopyOf(m).RawMatrix().Data, nil, nil, nil, work, -1) }) {
				s := make([]float64, k)
				if !job(mat.DenseCopyOf(m).RawMatrix().Data, s, make([]float64, rows*k), make([]float64, cols*cols), make([]float64, lwork), lwork) {
					t.Fatal("no singular values")
				}
				for i, v := range s {
					if want := squares[k-1-i]; !(math.Abs(v*v-want) < 1e-9*squares[k-1]) {
						t.Fatalf("%v of %d x %d with %d: singular value %d is %g, want %g", jobs, rows, cols, lwork, i, v, math.Sqrt(math.Abs(want)))
					}
				}
			}
		}
	}
}

// shortReflector is a matrix whose reduction to Hessenberg form, or if it is symmetric to tridiagonal
// form, has a second reflector that ends in zeros before the others do.
func shortReflector(rng *rand.Rand, n int, symmetric bool) *mat.Dense {
	first := func(i int) bool { return i == 1 || i == 4 || i == n-1 } // where the first reflector is not zero
	there := func(i, j int) bool {
		switch {
		case j == 0:
			return i == 0 || first(i)
		case first(j):
			return i == 0 || i == 2 || i == 3
		}
		return true
	}
	a := mat.NewDense(n, n, nil)
	for i := range n {
		for j := range n {
			switch {
			case symmetric && j < i:
				a.Set(i, j, a.At(j, i))
			case there(i, j) && (!symmetric || there(j, i)):
				a.Set(i, j, rng.NormFloat64())
			}
		}
	}
	return a
}

// TestEigenvectorsAfterShortReflectors: eigenvectors are eigenvectors, whatever the workspace.
func TestEigenvectorsAfterShortReflectors(t *testing.T) {
	rng := rand.New(rand.NewPCG(8, 8))
	var l gonumlapack.Implementation
	for _, n := range []int{40, 129, 130, 151, 260} {
		a := shortReflector(rng, n, false)
		query := []float64{0}
		re, im, v := make([]float64, n), make([]float64, n), make([]float64, n*n)
		general := func(work []float64, lwork int) int {
			return l.Dgeev(lapack.LeftEVNone, lapack.RightEVCompute, n, mat.DenseCopyOf(a).RawMatrix().Data, n, re, im, nil, 1, v, n, work, lwork)
		}
		general(query, -1)
		for _, lwork := range []int{4 * n, 11 * n, int(query[0])} {
			if first := general(make([]float64, lwork), lwork); first != 0 {
				t.Fatalf("order %d: %d eigenvalues were not found", n, first)
			}
			vectors, values := mat.NewDense(n, n, v), mat.NewDense(n, n, nil)
			for j := range n {
				values.Set(j, j, re[j])
				if im[j] > 0 {
					values.Set(j, j+1, im[j])
					values.Set(j+1, j, -im[j])
				}
			}
			var left, right mat.Dense
			left.Mul(a, vectors)
			right.Mul(vectors, values)
			if off := apart(&left, &right); !(off < 1e-10) {
				t.Errorf("Dgeev of order %d with %d: off by %g", n, lwork, off)
			}
		}
		a = shortReflector(rng, n, true)
		for _, uplo := range []blas.Uplo{blas.Lower, blas.Upper} {
			for _, lwork := range []int{3*n - 1, 10 * n, 100 * n} {
				vectors, w := mat.DenseCopyOf(a), make([]float64, n)
				if !l.Dsyev(lapack.EVCompute, uplo, n, vectors.RawMatrix().Data, n, w, make([]float64, lwork), lwork) {
					t.Fatalf("order %d: no eigenvalues", n)
				}
				var left, right mat.Dense
				left.Mul(a, vectors)
				right.Mul(vectors, mat.NewDiagDense(n, w))
				if off := apart(&left, &right); !(off < 1e-10) {
					t.Errorf("Dsyev %c of order %d with %d: off by %g", uplo, n, lwork, off)
				}
			}
		}
	}
}

// TestReductionsThatEndInZeros: the orthogonal matrices of reductions are orthogonal, and products with them are
// products with these.
func TestReductionsThatEndInZeros(t *testing.T) {
	const n = 160
	rng := rand.New(rand.NewPCG(9, 9))
	var l gonumlapack.Implementation
	work := make([]float64, 70*n+5000)
	identity := mat.NewDiagDense(n, ones(n))
	check := func(what string, q *mat.Dense) {
		t.Helper()
		var gram mat.Dense
		if gram.Mul(q.T(), q); !(apart(&gram, identity) < 1e-12) {
			t.Errorf("%s: off by %g", what, apart(&gram, identity))
		}
	}
	for _, symmetric := range []bool{false, true} {
		q, tau := shortReflector(rng, n, symmetric), make([]float64, n-1)
		data := q.RawMatrix().Data
		if symmetric {
			l.Dsytrd(blas.Lower, n, data, n, make([]float64, n), make([]float64, n-1), tau, work, len(work))
			l.Dorgtr(blas.Lower, n, data, n, tau, work, len(work))
			check("Dorgtr", q)
			continue
		}
		l.Dgehrd(n, 0, n-1, data, n, tau, work, len(work))
		product := mat.DenseCopyOf(identity)
		l.Dormhr(blas.Left, blas.NoTrans, n, n, 0, n-1, data, n, tau, product.RawMatrix().Data, n, work, len(work))
		l.Dorghr(n, 0, n-1, data, n, tau, work, len(work))
		check("Dorghr", q)
		if !(apart(product, q) < 1e-12) {
			t.Errorf("Dormhr: off by %g", apart(product, q))
		}
	}
	a, d, e, tauQ, tauP := dummies(rng, n, n), make([]float64, n), make([]float64, n-1), make([]float64, n), make([]float64, n)
	data := a.RawMatrix().Data
	l.Dgebrd(n, n, data, n, d, e, tauQ, tauP, work, len(work))
	product := mat.DenseCopyOf(identity)
	l.Dormbr(lapack.ApplyQ, blas.Left, blas.NoTrans, n, n, n, data, n, tauQ, product.RawMatrix().Data, n, work, len(work))
	check("Dormbr", product)
	l.Dorgbr(lapack.GenerateQ, n, n, n, data, n, tauQ, work, len(work))
	check("Dorgbr", a)
	if !(apart(product, a) < 1e-12) {
		t.Errorf("Dormbr: off by %g", apart(product, a))
	}
}

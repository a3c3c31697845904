package gonumlapack_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/lapack"
)

// TestNotFinite: a matrix that is not finite has no vectors; it is not searched for them
// for ever, as gonum does for singular values and eigenvalues.
func TestNotFinite(t *testing.T) {
	const n = 60
	rng := rand.New(rand.NewPCG(9, 1))
	for _, bad := range []float64{math.NaN(), math.Inf(1)} {
		for _, at := range []int{0, n/2*n + 3, n/3*n + n/3, n*n - 1} {
			a := random(rng, n, n).data[:n*n]
			s, u, v, work := make([]float64, n), make([]float64, n*n), make([]float64, n*n), make([]float64, 300*n)
			a[at] = bad
			if ours.Dsyev(lapack.EVCompute, blas.Lower, n, a, n, s, work, len(work)) {
				t.Errorf("Dsyev succeeds with %v at %d", bad, at)
			}
			a = random(rng, n, n).data[:n*n]
			a[at] = bad
			if ours.Dgesvd(lapack.SVDAll, lapack.SVDAll, n, n, a, n, s, u, n, v, n, work, len(work)) {
				t.Errorf("Dgesvd succeeds with %v at %d", bad, at)
			}
			const large = 160
			a = random(rng, large, large).data[:large*large]
			a[at] = bad
			wr, wi, w := make([]float64, large), make([]float64, large), make([]float64, 300*large)
			if ours.Dgeev(lapack.LeftEVNone, lapack.RightEVNone, large, a, large, wr, wi, nil, 1, nil, 1, w, len(w)) == 0 {
				t.Errorf("Dgeev succeeds with %v at %d", bad, at)
			}
		}
	}
}

// TestNotFiniteSmall: neither are small ones, nor those whose vectors nobody wants, which gonum's
// routines serve else. A query and a mistake in another argument are answered as ever.
func TestNotFiniteSmall(t *testing.T) {
	rng := rand.New(rand.NewPCG(9, 2))
	s, work := make([]float64, 200), make([]float64, 10000)
	u, v := make([]float64, 200*200), make([]float64, 200*200)
	done := make(chan string)
	go func() {
		defer close(done)
		for _, n := range []int{1, 2, 3, 9, 40, 70} {
			for range 20 {
				a := random(rng, n, n).data[:n*n]
				for range 1 + rng.IntN(3) {
					a[rng.IntN(n)*(n+1)] = []float64{math.NaN(), math.Inf(1), math.Inf(-1)}[rng.IntN(3)] // in both triangles
				}
				vectors := rng.IntN(2) == 0
				evs, left, right, svd := lapack.EVNone, lapack.LeftEVNone, lapack.RightEVNone, lapack.SVDNone
				if vectors {
					evs, left, right, svd = lapack.EVCompute, lapack.LeftEVCompute, lapack.RightEVCompute, lapack.SVDStore
				}
				done <- "Dsyev"
				if ours.Dsyev(evs, blas.Upper, n, slices.Clone(a), n, s, work, len(work)) {
					t.Errorf("Dsyev of order %d succeeds, vectors %v", n, vectors)
				}
				done <- "Dgeev"
				if first := ours.Dgeev(left, right, n, slices.Clone(a), n, s[:n], s[n:2*n], u, n, v, n, work, len(work)); first != n {
					t.Errorf("Dgeev of order %d has all but %d eigenvalues, vectors %v", n, first, vectors)
				}
				done <- "Dgesvd"
				if ours.Dgesvd(svd, svd, n, n, slices.Clone(a), n, s, u, n, v, n, work, len(work)) {
					t.Errorf("Dgesvd of order %d succeeds, vectors %v", n, vectors)
				}
			}
			a := make([]float64, n*n)
			a[0] = math.NaN()
			if work[0] = 0; !ours.Dsyev(lapack.EVNone, blas.Upper, n, a, n, s, work, -1) && n > 1 && work[0] == 0 {
				t.Errorf("Dsyev of order %d: the query is not answered", n)
			}
			for name, call := range map[string]func(lapack.Float64){
				"Dsyev": func(l lapack.Float64) { l.Dsyev('x', blas.Upper, n, a, n, s, work, len(work)) },
				"Dgeev": func(l lapack.Float64) {
					l.Dgeev(lapack.LeftEVNone, lapack.RightEVNone, n, a, n, s[:n+1], s[n:2*n], u, n, v, n, work, len(work))
				},
				"Dgesvd": func(l lapack.Float64) {
					l.Dgesvd(lapack.SVDAll, lapack.SVDAll, n, n, a, n, s, u[:n*n-1], n, v, n, work, len(work))
				},
			} {
				if got, want := panicOf(call, ours), panicOf(call, theirs); got != want || want == nil {
					t.Errorf("%s of order %d: %v, gonum %v", name, n, got, want)
				}
			}
		}
	}()
	for routine := "nothing"; ; {
		select {
		case next, more := <-done:
			if !more {
				return
			}
			routine = next
		case <-time.After(20 * time.Second):
			t.Fatalf("%s goes on for ever", routine)
		}
	}
}

// TestHuge: matrices that end beyond all memory are refused. Gonum's checks overflow, and its
// assembly reads elsewhere.
func TestHuge(t *testing.T) {
	const rows, stride = math.MaxInt, 40
	x, n := make([]float64, 2000), make([]int, 40)
	for name, call := range map[string]func(){
		"Dgeqrf a":             func() { ours.Dgeqrf(rows, 2, x, stride, x[:2], x, 200) },
		"Dgelqf a":             func() { ours.Dgelqf(rows, 2, x, stride, x[:2], x, 200) },
		"Dorgqr a":             func() { ours.Dorgqr(rows, 3, 3, x, stride, x[:3], x, 120) },
		"Dgetrf a":             func() { ours.Dgetrf(rows, 2, x, stride, n[:2]) },
		"Dgetrf of few rows a": func() { ours.Dgetrf(3, 100, x, math.MaxInt/2+1, n[:3]) },
		"Dlange a":             func() { ours.Dlange(lapack.MaxAbs, rows, 2, x, stride, nil) },
		"Dlantr a":             func() { ours.Dlantr(lapack.MaxRowSum, blas.Upper, blas.Unit, rows, 3, x, stride, x) },
		"Dpotrf a":             func() { ours.Dpotrf(blas.Upper, 9, x, math.MaxInt/4+1) },
		"Dsyev a":              func() { ours.Dsyev(lapack.EVNone, blas.Upper, 9, x, math.MaxInt/4+1, x, x, 200) },
		"Dormqr c":             func() { ours.Dormqr(blas.Left, blas.NoTrans, 9, 2, 2, x, 40, x[:2], x, math.MaxInt/4+1, x, 200) },
		"Dgels b":              func() { ours.Dgels(blas.NoTrans, 9, 9, 2, x, 40, x, math.MaxInt/4+1, x, 200) },
		"Dgesvd u":             func() { ours.Dgesvd(lapack.SVDAll, lapack.SVDNone, 9, 9, x, 40, x, x, math.MaxInt/4+1, x, 9, x, 200) },
		"Dggsvd3 b": func() {
			ours.Dggsvd3(lapack.GSVDNone, lapack.GSVDNone, lapack.GSVDNone, 9, 9, 9, x, 40, x, math.MaxInt/4+1, x[:9], x[:9], nil, 1, nil, 1, nil, 1, x, 200, n[:9])
		},
		"Dggsvd3 q": func() {
			ours.Dggsvd3(lapack.GSVDNone, lapack.GSVDNone, lapack.GSVDQ, 9, 9, 9, x, 40, x, 40, x[:9], x[:9], nil, 1, nil, 1, x, math.MaxInt/4+1, x, 200, n[:9])
		},
	} {
		want := "lapack: insufficient length of " + name[len(name)-1:]
		if got := panicOf(func(lapack.Float64) { call() }, ours); got != want {
			t.Errorf("%s: %v, want %q", name, got, want)
		}
	}
	for i, v := range x {
		if v != 0 {
			t.Fatalf("element %d was written", i)
		}
	}
}

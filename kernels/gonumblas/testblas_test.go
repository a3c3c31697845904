package gonumblas_test

import (
	"math"
	"testing"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/gonum"
	"gonum.org/v1/gonum/blas/testblas"

	"github.com/targetprop/targetprop/internal/caught"
	"github.com/targetprop/targetprop/kernels/gonumblas"
)

// level3 is what gonum's suite wants.
type level3 interface {
	blas.Float64Level3
	Dgemv(tA blas.Transpose, m, n int, alpha float64, a []float64, lda int, x []float64, incX int, beta float64, y []float64, incY int)
}

// suite is gonum's own suite, of every routine of level 3 that it has, and of gemv.
func suite(t *testing.T, b level3) {
	testblas.TestDgemm(t, b)
	testblas.DsymmTest(t, b)
	testblas.DsyrkTest(t, b)
	testblas.Dsyr2kTest(t, b)
	testblas.DtrmmTest(t, b)
	testblas.DtrsmTest(t, b)
	testblas.DgemvTest(t, b)
}

func TestSuiteFloat64(t *testing.T) {
	for name, i := range implementations(t) {
		t.Run(name, func(t *testing.T) { suite(t, i) })
	}
}

// TestSuiteFloat32 has the same suite, which is written for float64, call the routines for
// float32 with its operands rounded. Their results must be near those of gonum's float64,
// which the suite then checks.
func TestSuiteFloat32(t *testing.T) {
	for name, i := range implementations(t) {
		t.Run(name, func(t *testing.T) { suite(t, inFloat32{t: t, ours: i}) })
	}
}

// inFloat32 is gonum's float64 routines, each of which also calls one for float32.
type inFloat32 struct {
	gonum.Implementation
	t    *testing.T
	ours gonumblas.Implementation
}

// compare runs the routine for both types, and checks the results in place.
func (f inFloat32) compare(name string, x call[float64]) {
	f.t.Helper()
	narrow := call[float32]{
		s: x.s, ul: x.ul, tA: x.tA, tB: x.tB, d: x.d, m: x.m, n: x.n, k: x.k, alpha: float32(x.alpha), beta: float32(x.beta),
		a: rounded(x.a), b: rounded(x.b), c: rounded(x.c), lda: x.lda, ldb: x.ldb, ldc: x.ldc,
	}
	ours, theirs := routines32(f.ours), routines64(f.Implementation)
	got, want := caught.Panic(func() { narrow.run(name, &ours) }), caught.Panic(func() { x.run(name, &theirs) })
	if got != want {
		f.t.Errorf("%s: panic %q, gonum %q", name, got, want)
	}
	if want != "" {
		panic(want)
	}
	for _, o := range []struct {
		narrow []float32
		wide   []float64
	}{{narrow.a, x.a}, {narrow.b, x.b}, {narrow.c, x.c}} {
		for i, w := range o.wide {
			g := float64(o.narrow[i])
			if !(math.Abs(g-w) <= 2e-6*max(1, math.Abs(w))) && g != w && !(g != g && w != w) {
				f.t.Errorf("%s: element %d is %v, want %v", name, i, g, w)
			}
		}
	}
}

func rounded(x []float64) []float32 {
	y := make([]float32, len(x))
	for i, v := range x {
		y[i] = float32(v)
	}
	return y
}

func (f inFloat32) Dgemm(tA, tB blas.Transpose, m, n, k int, alpha float64, a []float64, lda int, b []float64, ldb int, beta float64, c []float64, ldc int) {
	f.compare("gemm", call[float64]{tA: tA, tB: tB, m: m, n: n, k: k, alpha: alpha, a: a, lda: lda, b: b, ldb: ldb, beta: beta, c: c, ldc: ldc})
}

func (f inFloat32) Dsymm(s blas.Side, ul blas.Uplo, m, n int, alpha float64, a []float64, lda int, b []float64, ldb int, beta float64, c []float64, ldc int) {
	f.compare("symm", call[float64]{s: s, ul: ul, m: m, n: n, alpha: alpha, a: a, lda: lda, b: b, ldb: ldb, beta: beta, c: c, ldc: ldc})
}

func (f inFloat32) Dsyrk(ul blas.Uplo, tA blas.Transpose, n, k int, alpha float64, a []float64, lda int, beta float64, c []float64, ldc int) {
	f.compare("syrk", call[float64]{ul: ul, tA: tA, n: n, k: k, alpha: alpha, a: a, lda: lda, beta: beta, c: c, ldc: ldc})
}

func (f inFloat32) Dsyr2k(ul blas.Uplo, tA blas.Transpose, n, k int, alpha float64, a []float64, lda int, b []float64, ldb int, beta float64, c []float64, ldc int) {
	f.compare("syr2k", call[float64]{ul: ul, tA: tA, n: n, k: k, alpha: alpha, a: a, lda: lda, b: b, ldb: ldb, beta: beta, c: c, ldc: ldc})
}

func (f inFloat32) Dtrmm(s blas.Side, ul blas.Uplo, tA blas.Transpose, d blas.Diag, m, n int, alpha float64, a []float64, lda int, b []float64, ldb int) {
	f.compare("trmm", call[float64]{s: s, ul: ul, tA: tA, d: d, m: m, n: n, alpha: alpha, a: a, lda: lda, b: b, ldb: ldb})
}

func (f inFloat32) Dtrsm(s blas.Side, ul blas.Uplo, tA blas.Transpose, d blas.Diag, m, n int, alpha float64, a []float64, lda int, b []float64, ldb int) {
	f.compare("trsm", call[float64]{s: s, ul: ul, tA: tA, d: d, m: m, n: n, alpha: alpha, a: a, lda: lda, b: b, ldb: ldb})
}

func (f inFloat32) Dgemv(tA blas.Transpose, m, n int, alpha float64, a []float64, lda int, x []float64, incX int, beta float64, y []float64, incY int) {
	f.compare("gemv", call[float64]{tA: tA, m: m, n: n, alpha: alpha, a: a, lda: lda, b: x, ldb: incX, beta: beta, c: y, ldc: incY})
}

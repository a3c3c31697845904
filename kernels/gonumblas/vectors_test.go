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

// TestVectorsFloat64 is gonum's own suite of Levels 1 and 2, dense matrices.
func TestVectorsFloat64(t *testing.T) {
	for name, i := range implementations(t) {
		t.Run(name, func(t *testing.T) { vectors(t, i) })
	}
}

// TestVectorsFloat32 has the same suite call the routines for float32: see inFloat32.
func TestVectorsFloat32(t *testing.T) {
	for name, i := range implementations(t) {
		t.Run(name, func(t *testing.T) { vectors(t, narrowVectors{t: t, ours: i}) })
	}
}

// TestRestFloat64 is the rest of gonum's suite, of what stays gonum's: all of it runs.
//
// With SameBits the part of DrotmgTest that calls Drotm would fail, and no other: it asks that two
// products cancel to 10^-10, whatever their size, which they do if both are rounded. Ours rounds
// one and fuses the other, so that the error of the first is left. No BLAS promises either.
func TestRestFloat64(t *testing.T) {
	b := implementations(t)["default"]
	for name, test := range map[string]func(*testing.T){
		"rotg": func(t *testing.T) { testblas.DrotgTest(t, b, false) }, "rotmg": func(t *testing.T) { testblas.DrotmgTest(t, b) },
		"gbmv": func(t *testing.T) { testblas.DgbmvTest(t, b) }, "sbmv": func(t *testing.T) { testblas.DsbmvTest(t, b) },
		"spmv": func(t *testing.T) { testblas.DspmvTest(t, b) }, "spr": func(t *testing.T) { testblas.DsprTest(t, b) }, "spr2": func(t *testing.T) { testblas.Dspr2Test(t, b) },
		"tbmv": func(t *testing.T) { testblas.DtbmvTest(t, b) }, "tbsv": func(t *testing.T) { testblas.DtbsvTest(t, b) },
		"tpmv": func(t *testing.T) { testblas.DtpmvTest(t, b) }, "tpsv": func(t *testing.T) { testblas.DtpsvTest(t, b) },
		"txmv": func(t *testing.T) { testblas.DtxmvTest(t, b) },
	} {
		t.Run(name, test)
	}
}

// levels12 is what the suites want.
type levels12 interface {
	blas.Float64Level1
	Dgemv(tA blas.Transpose, m, n int, alpha float64, a []float64, lda int, x []float64, incX int, beta float64, y []float64, incY int)
	Dger(m, n int, alpha float64, x []float64, incX int, y []float64, incY int, a []float64, lda int)
	Dsymv(ul blas.Uplo, n int, alpha float64, a []float64, lda int, x []float64, incX int, beta float64, y []float64, incY int)
	Dsyr(ul blas.Uplo, n int, alpha float64, x []float64, incX int, a []float64, lda int)
	Dsyr2(ul blas.Uplo, n int, alpha float64, x []float64, incX int, y []float64, incY int, a []float64, lda int)
	Dtrmv(ul blas.Uplo, tA blas.Transpose, d blas.Diag, n int, a []float64, lda int, x []float64, incX int)
	Dtrsv(ul blas.Uplo, tA blas.Transpose, d blas.Diag, n int, a []float64, lda int, x []float64, incX int)
}

func vectors(t *testing.T, b levels12) {
	testblas.DdotTest(t, b)
	testblas.Dnrm2Test(t, b)
	testblas.DasumTest(t, b)
	testblas.IdamaxTest(t, b)
	testblas.DswapTest(t, b)
	testblas.DcopyTest(t, b)
	testblas.DaxpyTest(t, b)
	testblas.DrotTest(t, b)
	testblas.DrotmTest(t, b)
	testblas.DscalTest(t, b)
	testblas.DgemvTest(t, b)
	testblas.DgerTest(t, b)
	testblas.DsymvTest(t, b)
	testblas.DsyrTest(t, b)
	testblas.Dsyr2Test(t, b)
	testblas.DtrmvTest(t, b)
	testblas.DtrsvTest(t, b)
}

// narrowVectors is gonum's float64 routines, each of which also calls one for float32, on
// its operands rounded.
type narrowVectors struct {
	gonum.Implementation
	t    *testing.T
	ours gonumblas.Implementation
}

// both runs the two and compares panics and operands, each of which is given wide and
// narrow.
func (v narrowVectors) both(name string, narrow, wide func(), operands ...any) {
	v.t.Helper()
	got, want := caught.Panic(narrow), caught.Panic(wide)
	if got != want {
		v.t.Errorf("%s: panic %q, gonum %q", name, got, want)
	}
	if want != "" {
		panic(want)
	}
	for i := 0; i < len(operands); i += 2 {
		x, w := operands[i].([]float32), operands[i+1].([]float64)
		for j := range w {
			v.near(name, x[j], w[j])
		}
	}
}

// near compares with what rounding of the operands and the result allows.
func (v narrowVectors) near(name string, got float32, want float64) {
	v.t.Helper()
	g, w := float64(got), float64(float32(want))
	if !(math.Abs(g-w) <= 4e-6*max(1, math.Abs(w))) && g != w && !(g != g && w != w) {
		v.t.Errorf("%s: %v, want %v", name, g, w)
	}
}

func (v narrowVectors) Ddot(n int, x []float64, incX int, y []float64, incY int) (sum float64) {
	var s float32
	v.both("dot", func() { s = v.ours.Sdot(n, rounded(x), incX, rounded(y), incY) }, func() { sum = v.Implementation.Ddot(n, x, incX, y, incY) })
	v.near("dot", s, sum)
	return sum
}

func (v narrowVectors) Dnrm2(n int, x []float64, incX int) (norm float64) {
	var s float32
	v.both("nrm2", func() { s = v.ours.Snrm2(n, rounded(x), incX) }, func() { norm = v.Implementation.Dnrm2(n, x, incX) })
	if norm <= math.MaxFloat32/2 {
		v.near("nrm2", s, norm)
	}
	return norm
}

func (v narrowVectors) Dasum(n int, x []float64, incX int) (sum float64) {
	var s float32
	v.both("asum", func() { s = v.ours.Sasum(n, rounded(x), incX) }, func() { sum = v.Implementation.Dasum(n, x, incX) })
	v.near("asum", s, sum)
	return sum
}

func (v narrowVectors) Idamax(n int, x []float64, incX int) (index int) {
	var got, same int
	v.both("iamax", func() { got = v.ours.Isamax(n, rounded(x), incX) }, func() { index = v.Implementation.Idamax(n, x, incX) })
	if same = v.Isamax(n, rounded(x), incX); got != same {
		v.t.Errorf("iamax: %d, gonum's for float32 %d", got, same)
	}
	return index
}

func (v narrowVectors) Dswap(n int, x []float64, incX int, y []float64, incY int) {
	a, b := rounded(x), rounded(y)
	v.both("swap", func() { v.ours.Sswap(n, a, incX, b, incY) }, func() { v.Implementation.Dswap(n, x, incX, y, incY) }, a, x, b, y)
}

func (v narrowVectors) Dcopy(n int, x []float64, incX int, y []float64, incY int) {
	a, b := rounded(x), rounded(y)
	v.both("copy", func() { v.ours.Scopy(n, a, incX, b, incY) }, func() { v.Implementation.Dcopy(n, x, incX, y, incY) }, a, x, b, y)
}

func (v narrowVectors) Daxpy(n int, alpha float64, x []float64, incX int, y []float64, incY int) {
	a, b := rounded(x), rounded(y)
	v.both("axpy", func() { v.ours.Saxpy(n, float32(alpha), a, incX, b, incY) }, func() { v.Implementation.Daxpy(n, alpha, x, incX, y, incY) }, a, x, b, y)
}

func (v narrowVectors) Dscal(n int, alpha float64, x []float64, incX int) {
	a := rounded(x)
	v.both("scal", func() { v.ours.Sscal(n, float32(alpha), a, incX) }, func() { v.Implementation.Dscal(n, alpha, x, incX) }, a, x)
}

func (v narrowVectors) Drot(n int, x []float64, incX int, y []float64, incY int, c, s float64) {
	a, b := rounded(x), rounded(y)
	v.both("rot", func() { v.ours.Srot(n, a, incX, b, incY, float32(c), float32(s)) }, func() { v.Implementation.Drot(n, x, incX, y, incY, c, s) }, a, x, b, y)
}

func (v narrowVectors) Drotm(n int, x []float64, incX int, y []float64, incY int, p blas.DrotmParams) {
	a, b := rounded(x), rounded(y)
	q := blas.SrotmParams{Flag: p.Flag, H: [4]float32(rounded(p.H[:]))}
	v.both("rotm", func() { v.ours.Srotm(n, a, incX, b, incY, q) }, func() { v.Implementation.Drotm(n, x, incX, y, incY, p) }, a, x, b, y)
}

func (v narrowVectors) Dgemv(tA blas.Transpose, m, n int, alpha float64, a []float64, lda int, x []float64, incX int, beta float64, y []float64, incY int) {
	c, d := rounded(x), rounded(y)
	v.both("gemv", func() { v.ours.Sgemv(tA, m, n, float32(alpha), rounded(a), lda, c, incX, float32(beta), d, incY) },
		func() { v.Implementation.Dgemv(tA, m, n, alpha, a, lda, x, incX, beta, y, incY) }, c, x, d, y)
}

func (v narrowVectors) Dger(m, n int, alpha float64, x []float64, incX int, y []float64, incY int, a []float64, lda int) {
	b := rounded(a)
	v.both("ger", func() { v.ours.Sger(m, n, float32(alpha), rounded(x), incX, rounded(y), incY, b, lda) },
		func() { v.Implementation.Dger(m, n, alpha, x, incX, y, incY, a, lda) }, b, a)
}

func (v narrowVectors) Dsymv(ul blas.Uplo, n int, alpha float64, a []float64, lda int, x []float64, incX int, beta float64, y []float64, incY int) {
	d := rounded(y)
	v.both("symv", func() { v.ours.Ssymv(ul, n, float32(alpha), rounded(a), lda, rounded(x), incX, float32(beta), d, incY) },
		func() { v.Implementation.Dsymv(ul, n, alpha, a, lda, x, incX, beta, y, incY) }, d, y)
}

func (v narrowVectors) Dsyr(ul blas.Uplo, n int, alpha float64, x []float64, incX int, a []float64, lda int) {
	b := rounded(a)
	v.both("syr", func() { v.ours.Ssyr(ul, n, float32(alpha), rounded(x), incX, b, lda) },
		func() { v.Implementation.Dsyr(ul, n, alpha, x, incX, a, lda) }, b, a)
}

func (v narrowVectors) Dsyr2(ul blas.Uplo, n int, alpha float64, x []float64, incX int, y []float64, incY int, a []float64, lda int) {
	b := rounded(a)
	v.both("syr2", func() { v.ours.Ssyr2(ul, n, float32(alpha), rounded(x), incX, rounded(y), incY, b, lda) },
		func() { v.Implementation.Dsyr2(ul, n, alpha, x, incX, y, incY, a, lda) }, b, a)
}

func (v narrowVectors) Dtrmv(ul blas.Uplo, tA blas.Transpose, d blas.Diag, n int, a []float64, lda int, x []float64, incX int) {
	b := rounded(x)
	v.both("trmv", func() { v.ours.Strmv(ul, tA, d, n, rounded(a), lda, b, incX) },
		func() { v.Implementation.Dtrmv(ul, tA, d, n, a, lda, x, incX) }, b, x)
}

func (v narrowVectors) Dtrsv(ul blas.Uplo, tA blas.Transpose, d blas.Diag, n int, a []float64, lda int, x []float64, incX int) {
	b := rounded(x)
	v.both("trsv", func() { v.ours.Strsv(ul, tA, d, n, rounded(a), lda, b, incX) },
		func() { v.Implementation.Dtrsv(ul, tA, d, n, a, lda, x, incX) }, b, x)
}

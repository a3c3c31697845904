package gonumblas_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/blas32"
	"gonum.org/v1/gonum/blas/gonum"

	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/kernels/gonumblas"
)

func random(rng *rand.Rand, n int) []float32 {
	x := make([]float32, n)
	for i := range x {
		x[i] = float32(rng.NormFloat64())
	}
	return x
}

func TestSgemmAgreesWithGonum(t *testing.T) {
	ours := gonumblas.New(kernels.Default())
	rng := rand.New(rand.NewPCG(1, 1))
	for _, tA := range []blas.Transpose{blas.NoTrans, blas.Trans, blas.ConjTrans} {
		for _, tB := range []blas.Transpose{blas.NoTrans, blas.Trans} {
			for range 40 {
				m, n, k := rng.IntN(40), rng.IntN(40), rng.IntN(40)
				lda, ldb, ldc := 45, 47, 49
				a, b, c := random(rng, 45*45), random(rng, 47*47), random(rng, 49*49)
				want := append([]float32(nil), c...)
				alpha, beta := float32(rng.IntN(3)-1), float32(rng.IntN(3))/2
				ours.Sgemm(tA, tB, m, n, k, alpha, a, lda, b, ldb, beta, c, ldc)
				gonum.Implementation{}.Sgemm(tA, tB, m, n, k, alpha, a, lda, b, ldb, beta, want, ldc)
				for i, got := range c {
					if math.Abs(float64(got-want[i])) > 1e-4 {
						t.Fatalf("%c%c %dx%dx%d alpha %v beta %v: c[%d] = %v, gonum %v", tA, tB, m, n, k, alpha, beta, i, got, want[i])
					}
				}
			}
		}
	}
}

func TestSgemvAgreesWithGonum(t *testing.T) {
	ours := gonumblas.New(kernels.Default())
	rng := rand.New(rand.NewPCG(2, 2))
	for _, tA := range []blas.Transpose{blas.NoTrans, blas.Trans, blas.ConjTrans} {
		for _, incX := range []int{1, 3, -2} {
			for _, incY := range []int{1, 2, -1} {
				for range 20 {
					m, n := rng.IntN(90), rng.IntN(90)
					const lda, most = 95, 90
					a, x := random(rng, lda*lda), random(rng, 3*most)
					results := m
					if tA != blas.NoTrans {
						results = n
					}
					y := random(rng, max(0, results-1)*max(incY, -incY)+1) // gonum clears all of it, used or not
					want := append([]float32(nil), y...)
					alpha, beta := float32(rng.IntN(4)-1), float32(rng.IntN(3))/2
					ours.Sgemv(tA, m, n, alpha, a, lda, x, incX, beta, y, incY)
					gonum.Implementation{}.Sgemv(tA, m, n, alpha, a, lda, x, incX, beta, want, incY)
					for i, got := range y {
						if math.Abs(float64(got-want[i])) > 1e-4 {
							t.Fatalf("%c %dx%d alpha %v beta %v increments %d %d: y[%d] = %v, gonum %v", tA, m, n, alpha, beta, incX, incY, i, got, want[i])
						}
					}
				}
			}
		}
	}
}

// TestSgemvPanicsAsGonum passes unusable arguments.
func TestSgemvPanicsAsGonum(t *testing.T) {
	x := make([]float32, 16)
	message := func(i blas.Float32, tA blas.Transpose, m, lda, incX int, y []float32) (got any) {
		defer func() { got = recover() }()
		i.Sgemv(tA, m, 4, 1, x, lda, x, incX, 0, y, 1)
		return nil
	}
	for _, bad := range []struct {
		tA           blas.Transpose
		m, lda, incX int
		y            []float32
	}{{'x', 4, 4, 1, x}, {blas.NoTrans, -1, 4, 1, x}, {blas.NoTrans, 4, 3, 1, x}, {blas.NoTrans, 4, 4, 0, x}, {blas.NoTrans, 4, 4, 6, x}, {blas.NoTrans, 4, 4, 1, x[:3]}, {blas.Trans, 40, 4, 1, x}} {
		want := message(gonum.Implementation{}, bad.tA, bad.m, bad.lda, bad.incX, bad.y)
		if got := message(gonumblas.New(kernels.Default()), bad.tA, bad.m, bad.lda, bad.incX, bad.y); got != want || want == nil {
			t.Errorf("%+v: panic %v, gonum %v", bad, got, want)
		}
	}
}

// TestSgemmPanicsAsGonum passes unusable arguments.
func TestSgemmPanicsAsGonum(t *testing.T) {
	x := make([]float32, 16)
	message := func(i blas.Float32, tA blas.Transpose, m, lda int, c []float32) (got any) {
		defer func() { got = recover() }()
		i.Sgemm(tA, blas.NoTrans, m, 4, 4, 1, x, lda, x, 4, 0, c, 4)
		return nil
	}
	for _, bad := range []struct {
		tA     blas.Transpose
		m, lda int
		c      []float32
	}{{'x', 4, 4, x}, {blas.NoTrans, -1, 4, x}, {blas.NoTrans, 4, 3, x}, {blas.NoTrans, 4, 4, x[:5]}, {blas.NoTrans, 40, 4, x}} {
		want := message(gonum.Implementation{}, bad.tA, bad.m, bad.lda, bad.c)
		if got := message(gonumblas.New(kernels.Default()), bad.tA, bad.m, bad.lda, bad.c); got != want || want == nil {
			t.Errorf("%+v: panic %v, gonum %v", bad, got, want)
		}
	}
}

func Example() {
	blas32.Use(gonumblas.New(kernels.Default()))
	defer blas32.Use(gonum.Implementation{})

	a := blas32.General{Rows: 2, Cols: 2, Stride: 2, Data: []float32{1, 2, 3, 4}}
	c := blas32.General{Rows: 2, Cols: 2, Stride: 2, Data: make([]float32, 4)}
	blas32.Gemm(blas.NoTrans, blas.Trans, 1, a, a, 0, c)
	fmt.Println(c.Data)
	// Output: [5 11 11 25]
}

package level3

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/targetprop/targetprop/internal/engine"
	"github.com/targetprop/targetprop/internal/product"
	"github.com/targetprop/targetprop/internal/view"
)

// factors are what alpha and beta are in turn.
var factors = []float64{1, 0, -0.5, 2}

// whole is a symmetric matrix with both triangles.
func whole[T view.Float](a view.Matrix[T], upper bool) view.Matrix[T] {
	w := clone(a)
	for i := range a.Rows {
		for j := range a.Cols {
			if i != j && (i < j) != upper {
				w.Row(i)[j] = a.Row(j)[i]
			}
		}
	}
	return w
}

// spoilC fills a result that is not to be read with NaN.
func spoilC[T view.Float](c view.Matrix[T], beta T) {
	if beta == 0 {
		for i := range c.Rows {
			spoil(view.Matrix[T]{Rows: 1, Cols: 1, Data: c.Data[i*c.Stride:], Stride: 1}, true, true)
		}
	}
}

// TestSymm: the bits of the product of the whole matrices, for all but the smallest.
func TestSymm(t *testing.T) { both(t, testSymm[float32], testSymm[float64]) }

func testSymm[T view.Float](t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 0))
	for round := range rounds(60) {
		m, n := sizes[rng.IntN(len(sizes))], sizes[rng.IntN(len(sizes))]
		if round%4 == 0 {
			m, n = 1+rng.IntN(syrkLoops+1), 1+rng.IntN(syrkLoops+1)
		}
		alpha, beta := T(factors[round%4]), T(factors[round/4%4])
		bools(func(left, upper bool) {
			order := n
			if left {
				order = m
			}
			a, b, c := random[T](rng, order, order), random[T](rng, m, n), random[T](rng, m, n)
			full := whole(a, upper)
			spoil(a, upper, false)
			spoilC(c, beta)
			want := clone(c)
			Symm(best(), left, upper, alpha, a, b, beta, c)
			first, second := full, b
			if !left {
				first, second = b, full
			}
			reference(false, false, alpha, first, second, beta, want)
			what := fmt.Sprintf("Symm left %v upper %v %d x %d alpha %v beta %v", left, upper, m, n, alpha, beta)
			if m <= symmLoops && n <= symmLoops {
				near(t, what, c, want, order)
				return
			}
			same(t, what, c, want)
		})
	}
}

// reference is Gemm, with an alpha of 0 as the BLAS defines it.
func reference[T view.Float](transA, transB bool, alpha T, a, b view.Matrix[T], beta T, c view.Matrix[T]) {
	if alpha == 0 {
		view.Scale(c, beta)
		return
	}
	product.Gemm(nil, best().ISA, transA, transB, alpha, a, b, beta, c)
}

// TestGemm: the bits of the product, small or not.
func TestGemm(t *testing.T) { both(t, testGemm[float32], testGemm[float64]) }

func testGemm[T view.Float](t *testing.T) {
	rng := rand.New(rand.NewPCG(6, 0))
	for round := range rounds(60) {
		m, n, k := sizes[rng.IntN(len(sizes))], sizes[rng.IntN(len(sizes))], sizes[rng.IntN(len(sizes))]
		alpha, beta := T(factors[round%4]), T(factors[round/4%4])
		bools(func(transA, transB bool) {
			a, b, c := op(transA, random[T](rng, m, k)), op(transB, random[T](rng, k, n)), random[T](rng, m, n)
			spoilC(c, beta)
			want := clone(c)
			Gemm(best(), transA, transB, alpha, a, b, beta, c)
			reference(transA, transB, alpha, a, b, beta, want)
			same(t, fmt.Sprintf("%v %v %d x %d x %d alpha %v beta %v", transA, transB, m, n, k, alpha, beta), c, want)
		})
	}
}

// copyTriangle copies one triangle.
func copyTriangle[T view.Float](upper bool, to, from view.Matrix[T]) {
	for i := range to.Rows {
		copy(line(to, upper, i), line(from, upper, i))
	}
}

// TestSyrk: the bits of the products of the whole matrices in the triangle, and nothing
// outside.
func TestSyrk(t *testing.T) { both(t, testSyrk[float32], testSyrk[float64]) }

func testSyrk[T view.Float](t *testing.T) {
	rng := rand.New(rand.NewPCG(2, 0))
	for round := range rounds(60) {
		n, k := sizes[rng.IntN(len(sizes))], sizes[rng.IntN(len(sizes))]
		if round%4 == 0 {
			n, k = 1+rng.IntN(syrkLoops+1), 1+rng.IntN(syrkLoops+1)
		}
		alpha, beta := T(factors[round%4]), T(factors[round/4%4])
		bools(func(upper, trans bool) {
			rows, cols := n, k
			if trans {
				rows, cols = k, n
			}
			a, b, c := random[T](rng, rows, cols), random[T](rng, rows, cols), random[T](rng, n, n)
			spoil(c, upper, beta == 0)
			for _, two := range []bool{false, true} {
				got, full := clone(c), clone(c)
				if two {
					Syr2k(best(), upper, trans, alpha, a, b, beta, got)
					reference(trans, !trans, alpha, a, b, beta, full)
					reference(trans, !trans, alpha, b, a, 1, full)
				} else {
					Syrk(best(), upper, trans, alpha, a, beta, got)
					reference(trans, !trans, alpha, a, a, beta, full)
				}
				want := clone(c)
				copyTriangle(upper, want, full)
				what := fmt.Sprintf("two %v upper %v trans %v %d x %d alpha %v beta %v", two, upper, trans, n, k, alpha, beta)
				if isSmallSyrk(trans, n, k) {
					near(t, what, got, want, 2*k)
					continue
				}
				same(t, what, got, want)
			}
		})
	}
}

// TestNoTerms: with no terms a symmetric product scales its triangle.
func TestNoTerms(t *testing.T) {
	c := view.Matrix[float64]{Rows: 2, Cols: 2, Stride: 2, Data: []float64{1, 2, 3, 4}}
	Syrk(engine.Core{}, true, false, 1, view.Matrix[float64]{Rows: 2, Stride: 1}, 2, c)
	if got := fmt.Sprint(c.Data); got != "[2 4 3 8]" {
		t.Error(got)
	}
}

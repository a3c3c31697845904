package kernels

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/targetprop/targetprop/internal/caught"
)

// TestGemmBatch: a list of products of all shapes gives the bits of one after the other.
func TestGemmBatch(t *testing.T) {
	rng := rand.New(rand.NewPCG(23, 1))
	// The last two share: many small products, and few large ones divided each.
	for round, shapes := range [][][3]int{nil, {{0, 3, 5}, {3, 0, 5}, {4, 4, 0}}, {{1, 1, 1}, {8, 8, 8}, {70, 5, 33}}, repeat(220, 9, 17, 33), repeat(3, 110, 105, 100)} {
		for kind := range 4 {
			transA, transB := kind&1 != 0, kind&2 != 0
			alpha, beta := []float32{1, -0.5}[round%2], []float32{0, 1, 0.25}[(round+kind)%3]
			var a, b, c, want []Matrix
			var a64, b64, want64 []Matrix64
			for i, s := range shapes {
				a = append(a, randomMatrix(rng, transA, s[0], s[2]))
				b = append(b, randomMatrix(rng, transB, s[2], s[1]))
				c = append(c, randomMatrix(rng, false, s[0], s[1]))
				a64, b64 = append(a64, widened(a[i])), append(b64, widened(b[i]))
				want, want64 = append(want, copied(c[i])), append(want64, widened(c[i]))
			}
			for i := range want {
				Default().Gemm(transA, transB, alpha, a[i], b[i], beta, want[i])
				Default().Gemm64(transA, transB, float64(alpha), a64[i], b64[i], float64(beta), want64[i])
			}
			for name, e := range engines(t) {
				var got []Matrix
				var got64 []Matrix64
				for i := range c {
					got, got64 = append(got, copied(c[i])), append(got64, widened(c[i]))
				}
				e.GemmBatch(transA, transB, alpha, a, b, beta, got)
				e.GemmBatch64(transA, transB, float64(alpha), a64, b64, float64(beta), got64)
				for i := range want {
					if !slices.Equal(got[i].Data, want[i].Data) || !slices.Equal(got64[i].Data, want64[i].Data) {
						t.Fatalf("%s: round %d, %v %v: product %d differs", name, round, transA, transB, i)
					}
				}
			}
		}
	}
}

// TestGemmStrided: matrices one after the other, one left factor for all, and results side
// by side give the bits of Gemm, and nothing beside the results is written.
func TestGemmStrided(t *testing.T) {
	rng := rand.New(rand.NewPCG(23, 2))
	for _, test := range []struct{ count, m, n, k, stepA, stepB, stepC, strideC int }{
		{5, 3, 4, 6, 18, 24, 12, 4},
		{5, 3, 4, 6, 0, 24, 4, 23}, // side by side
		{260, 8, 16, 33, 264, 0, 150, 17},
		{2, 110, 105, 100, 110 * 100, 0, 106, 220},
		{1, 3, 4, 6, 0, 0, 0, 4},
	} {
		a := randomMatrix(rng, false, 1, test.m*test.k+(test.count-1)*test.stepA).Data
		b := randomMatrix(rng, false, 1, test.n*test.k+(test.count-1)*test.stepB).Data
		c := randomMatrix(rng, false, 1, test.m*test.strideC+(test.count-1)*test.stepC).Data
		first := func(rows, cols, stride int, data []float32) Matrix {
			return Matrix{Rows: rows, Cols: cols, Stride: stride, Data: data}
		}
		want := slices.Clone(c)
		for i := range test.count {
			Default().Gemm(false, false, 1, first(test.m, test.k, test.k, a[i*test.stepA:]), first(test.k, test.n, test.n, b[i*test.stepB:]), 1,
				first(test.m, test.n, test.strideC, want[i*test.stepC:]))
		}
		for name, e := range engines(t) {
			got := slices.Clone(c)
			e.GemmStrided(test.count, false, false, 1, first(test.m, test.k, test.k, a), test.stepA, first(test.k, test.n, test.n, b), test.stepB, 1,
				first(test.m, test.n, test.strideC, got), test.stepC)
			if !slices.Equal(got, want) {
				t.Errorf("%s: %+v differs", name, test)
			}
			a64, b64, c64 := widened(first(1, len(a), len(a), a)), widened(first(1, len(b), len(b), b)), widened(first(1, len(c), len(c), c))
			want64 := slices.Clone(c64.Data)
			first64 := func(rows, cols, stride int, data []float64) Matrix64 {
				return Matrix64{Rows: rows, Cols: cols, Stride: stride, Data: data}
			}
			for i := range test.count {
				e.Gemm64(false, false, 1, first64(test.m, test.k, test.k, a64.Data[i*test.stepA:]), first64(test.k, test.n, test.n, b64.Data[i*test.stepB:]), 1,
					first64(test.m, test.n, test.strideC, want64[i*test.stepC:]))
			}
			e.GemmStrided64(test.count, false, false, 1, first64(test.m, test.k, test.k, a64.Data), test.stepA, first64(test.k, test.n, test.n, b64.Data), test.stepB, 1,
				first64(test.m, test.n, test.strideC, c64.Data), test.stepC)
			if !slices.Equal(c64.Data, want64) {
				t.Errorf("%s: float64: %+v differs", name, test)
			}
		}
	}
}

// TestGemmBatchChecks: what is wrong with the last product is refused before the first is
// written.
func TestGemmBatchChecks(t *testing.T) {
	e, m := Default(), NewMatrix(4, 4)
	ones := func() Matrix {
		return Matrix{Rows: 4, Cols: 4, Stride: 4, Data: slices.Repeat([]float32{1}, 16)}
	}
	c := ones()
	for want, f := range map[string]func(){
		"GemmBatch of 1 left and 2 right factors with 2 results": func() { e.GemmBatch(false, false, 1, []Matrix{m}, []Matrix{m, m}, 0, []Matrix{c, c}) },
		"Gemm of 4 x 4 by 3 x 4, in product 1 of 0 to 1": func() {
			e.GemmBatch(false, false, 1, []Matrix{m, m}, []Matrix{m, m.Slice(0, 3)}, 0, []Matrix{c, ones()})
		},
		"GemmStrided of -1 products":                         func() { e.GemmStrided(-1, false, false, 1, m, 0, m, 0, 0, c, 16) },
		"2 left factors of GemmStrided, -1 elements apart":   func() { e.GemmStrided(2, false, false, 1, m, -1, m, 0, 0, c, 16) },
		"3 results of GemmStrided, 16 elements apart, in 16": func() { e.GemmStrided(3, false, false, 1, m, 0, m, 0, 0, c, 16) },
		"the result of Gemm has 0 elements":                  func() { e.GemmStrided(2, false, false, 1, m, 0, m, 0, 0, c, 16) },
		"the results of GemmStrided overlap: 2 of 2 x 4 with stride 4, 4 elements apart": func() {
			e.GemmStrided(2, false, false, 1, m.Slice(0, 2), 0, m, 0, 0, c.Slice(0, 2), 4)
		},
	} {
		if got := caught.Panic(f); !strings.Contains(got, want) {
			t.Errorf("%q, want %q", got, want)
		}
		if !slices.Equal(c.Data, ones().Data) {
			t.Fatalf("%s: written before it was refused", want)
		}
	}
	e.GemmStrided(0, false, false, 1, m, 0, m, 0, 0, c, 0) // nothing to compute
}

// repeat is count products of one shape.
func repeat(count, m, n, k int) [][3]int {
	return slices.Repeat([][3]int{{m, n, k}}, count)
}

// randomMatrix is rows x cols, or its transpose.
func randomMatrix(rng *rand.Rand, trans bool, rows, cols int) Matrix {
	if trans {
		rows, cols = cols, rows
	}
	m := Matrix{Rows: rows, Cols: cols, Stride: cols, Data: make([]float32, rows*cols)}
	for i := range m.Data {
		m.Data[i] = float32(rng.NormFloat64())
	}
	return m
}

// copied is m with elements of its own.
func copied(m Matrix) Matrix {
	m.Data = slices.Clone(m.Data)
	return m
}

// widened is m in float64.
func widened(m Matrix) Matrix64 {
	w := Matrix64{Rows: m.Rows, Cols: m.Cols, Stride: m.Stride, Data: make([]float64, len(m.Data))}
	for i, x := range m.Data {
		w.Data[i] = float64(x)
	}
	return w
}

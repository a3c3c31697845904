package kernels

import (
	"math/rand/v2"
	"testing"
)

// TestGemmBlocks compares products that are larger than a block in every
// direction with their definition, whole chains of fused multiply-adds. A is also
// one that all instruction sets copy, since its rows are pages apart.
func TestGemmBlocks(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds in plain Go")
	}
	const n, k = blockN + 21, 2*blockK + 5
	rng := rand.New(rand.NewPCG(1, 2))
	random := func(rows, cols, stride int) Matrix {
		x := Matrix{Rows: rows, Cols: cols, Stride: stride, Data: make([]float32, rows*stride)}
		for i := range rows {
			for j := range x.Row(i) {
				x.Row(i)[j] = float32(rng.NormFloat64())
			}
		}
		return x
	}
	b := random(k, n, n)
	for _, s := range []struct {
		m, stride int
		beta      float32
		rows      []int // beside the seams of all instruction sets
	}{
		{8*14 - 15, k, 1, []int{0, 55, 56, 8*14 - 16}}, // AVX-512 reads B where it is
		{8*14 + 15, k, 0, []int{0, 53, 54, 55, 56, 107, 108, 111, 112, 8*14 + 14}},
		{2*8*14 + 15, 3 * blockK, 1, []int{0, 53, 54, 56, 107, 108, 112, 2*8*14 - 1, 2 * 8 * 14, 2*8*14 + 14}},
	} {
		a, start := random(s.m, k, s.stride), random(s.m, n, n)
		want := NewMatrix(len(s.rows), n)
		for i, row := range s.rows {
			for j := range n {
				sum := s.beta * start.Row(row)[j]
				for p := range k {
					sum = fma32(a.Row(row)[p], b.Row(p)[j], sum)
				}
				want.Row(i)[j] = sum
			}
		}
		for name, e := range engines(t) {
			if e.ISA() == Generic {
				continue // the definition above is the same
			}
			c := Matrix{Rows: s.m, Cols: n, Stride: n, Data: append([]float32(nil), start.Data...)}
			e.Gemm(false, false, 1, a, b, s.beta, c)
			for i, row := range s.rows {
				for j, got := range c.Row(row) {
					if !sameBits(got, want.Row(i)[j]) {
						t.Fatalf("%s, %d rows: c[%d][%d] = %v, want %v", name, s.m, row, j, got, want.Row(i)[j])
					}
				}
			}
		}
	}
}

package kernels

import (
	"math/rand/v2"
	"testing"
)

// TestGemmBlocks compares products that are larger than a block in every
// direction with their definition, whole chains of fused multiply-adds.
func TestGemmBlocks(t *testing.T) {
	m, n, k := blockM+15, blockN+21, 2*blockK+3
	if testing.Short() {
		t.Skip("takes seconds in plain Go")
	}
	rng := rand.New(rand.NewPCG(1, 2))
	random := func(rows, cols int) Matrix {
		x := NewMatrix(rows, cols)
		for i := range rows {
			for j := range x.Row(i) {
				x.Row(i)[j] = float32(rng.NormFloat64())
			}
		}
		return x
	}
	a, b, start := random(m, k), random(k, n), random(m, n)
	spots := [][2]int{{0, 0}, {m - 1, n - 1}, {blockM, blockN}, {blockM - 1, blockN - 1}, {5, blockN + 3}, {m - 3, 17}}
	for name, e := range engines(t) {
		if e.ISA() == Generic {
			continue // the definition below is the same
		}
		for _, beta := range []float32{0, 1} {
			c := NewMatrix(m, n)
			copy(c.Data, start.Data)
			e.Gemm(false, false, 1, a, b, beta, c)
			for _, at := range spots {
				want := beta * start.Row(at[0])[at[1]]
				for p := range k {
					want = fma32(a.Row(at[0])[p], b.Row(p)[at[1]], want)
				}
				if got := c.Row(at[0])[at[1]]; !sameBits(got, want) {
					t.Errorf("%s, beta %v: c%v = %v, want %v", name, beta, at, got, want)
				}
			}
		}
	}
}

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
	rows := []int{0, 53, 54, 55, 56, m - 1} // beside the seams of all instruction sets
	for _, beta := range []float32{0, 1} {
		want := NewMatrix(len(rows), n)
		for i, row := range rows {
			for j := range n {
				sum := beta * start.Row(row)[j]
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
			c := NewMatrix(m, n)
			copy(c.Data, start.Data)
			e.Gemm(false, false, 1, a, b, beta, c)
			for i, row := range rows {
				for j, got := range c.Row(row) {
					if !sameBits(got, want.Row(i)[j]) {
						t.Fatalf("%s, beta %v: c[%d][%d] = %v, want %v", name, beta, row, j, got, want.Row(i)[j])
					}
				}
			}
		}
	}
}

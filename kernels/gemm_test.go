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

// TestGemmShortChains computes what is divided otherwise than all other products: a few rows
// at a time of a large C, whose rows are no whole lines apart. The longest chains also bring a
// transposed A together.
func TestGemmShortChains(t *testing.T) {
	if testing.Short() {
		t.Skip("the definition takes a second")
	}
	for _, k := range []int{1, 15, shortChain + 24} {
		for _, transA := range []bool{false, true} {
			testGemm(t, transA, false, 384, 2051, k)
		}
	}
}

// TestGemmFewRows has few rows meet a B that is read in low blocks, by all instruction sets,
// and whose columns threads divide; and one row in the lowest.
func TestGemmFewRows(t *testing.T) {
	if testing.Short() {
		t.Skip("the definition takes a second")
	}
	for _, s := range []struct{ m, k int }{{1, 1030}, {1, 1600}, {9, 1030}, {20, 1030}} {
		for _, transA := range []bool{false, true} {
			testGemm(t, transA, false, s.m, 2051, s.k)
		}
	}
}

// TestGemmVectors multiplies matrices that are large enough for several threads by few
// vectors, from either side.
func TestGemmVectors(t *testing.T) {
	if testing.Short() {
		t.Skip("the definition takes a second")
	}
	for _, s := range []shape{{m: 5003, n: 1, k: 300}, {m: 127, n: 2, k: 5000}, {m: 4, n: 150, k: 2000}, {m: 2, n: 17, k: 40000}} {
		for _, transA := range []bool{false, true} {
			for _, transB := range []bool{false, true} {
				testGemm(t, transA, transB, s.m, s.n, s.k)
			}
		}
	}
}

// testGemm compares products on one thread and on two with their definition, whole chains of
// fused multiply-adds.
func testGemm(t *testing.T, transA, transB bool, m, n, k int) {
	t.Helper()
	d := data{value: randomValues(5, false), arena: newArena(t)}
	a, b, start := d.matrix(m, k), d.matrix(k, n), d.matrix(m, n)
	if transA {
		a = d.matrix(k, m)
	}
	stored := b
	if transB {
		stored = d.matrix(n, k)
		for p := range k {
			for j := range n {
				stored.Row(j)[p] = b.Row(p)[j]
			}
		}
	}
	want := Matrix{Rows: m, Cols: n, Stride: n, Data: make([]float32, m*n)}
	for i := range m {
		row := want.Row(i)
		copy(row, start.Row(i))
		for p := range k {
			at := i*a.Stride + p
			if transA {
				at = p*a.Stride + i
			}
			x := a.Data[at]
			for j, y := range b.Row(p) {
				row[j] = fma32(x, y, row[j])
			}
		}
	}
	for _, isa := range Available() {
		if isa == Generic {
			continue // the definition above is the same
		}
		for threads := 1; threads <= 2; threads++ {
			c := Matrix{Rows: m, Cols: n, Stride: n, Data: make([]float32, m*n)}
			for i := range m {
				copy(c.Row(i), start.Row(i))
			}
			newEngine(t, WithMaxISA(isa), WithThreads(threads)).Gemm(transA, transB, 1, a, stored, 1, c)
			for i, got := range c.Data {
				if !sameBits(got, want.Data[i]) {
					t.Fatalf("%v, %d threads, transA %v, transB %v, %d x %d x %d: c[%d][%d] = %v, want %v", isa, threads, transA, transB, m, n, k, i/n, i%n, got, want.Data[i])
				}
			}
		}
	}
}

// TestGemmDivided divides the rows of C otherwise than any number of threads would: into
// parts of which a pass knows that more rows follow, or that none does.
func TestGemmDivided(t *testing.T) {
	const m, k, n = 60, blockK + 6, columnsFrom + 8
	for _, isa := range Available() {
		for _, transA := range []bool{false, true} {
			transB := !transA // and so packed, or else read in place
			d := data{value: randomValues(3, false), arena: newArena(t)}
			a, b := d.matrix(m, k), d.matrix(n, k)
			if transA {
				a, b = d.matrix(k, m), d.matrix(k, n)
			}
			want, c := NewMatrix(m, n), NewMatrix(m, n)
			newEngine(t, WithMaxISA(isa), WithThreads(1)).Gemm(transA, transB, -0.5, a, b, 0, want)
			g := newGemm(isa, transA, transB, -0.5, a, b, true, c)
			g.eachBlock(new(packBuffers), func(b *blockB) {
				g.packPanels(b, 0, b.packed.Panels())
				unit := max(1, g.height)
				for i, lo := range []int{0, 1, 2, 4} {
					hi := min([]int{1, 2, 4, m}[i]*unit, m)
					g.rows(b, min(lo*unit, m), hi, []int{hi, m}[i%2], new(packBuffers))
				}
			})
			for i := range m {
				for j, got := range c.Row(i) {
					if !sameBits(got, want.Row(i)[j]) {
						t.Fatalf("%v, transA %v: c[%d][%d] = %v, want %v", isa, transA, i, j, got, want.Row(i)[j])
					}
				}
			}
		}
	}
}

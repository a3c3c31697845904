package product

import (
	"fmt"
	"math"
	"testing"

	"github.com/targetprop/targetprop/internal/plan"
	"github.com/targetprop/targetprop/internal/race"
	"github.com/targetprop/targetprop/internal/simd/contract"
	"github.com/targetprop/targetprop/internal/simd/f32"
	"github.com/targetprop/targetprop/internal/simd/isa"
	"github.com/targetprop/targetprop/internal/threads"
	"github.com/targetprop/targetprop/internal/view"
)

// problem is a product of a test.
type problem struct {
	transA, transB bool
	alpha, beta    float64
	m, n, k        int
	pad            padding
	slow           bool // left out with -short
}

// padding says how far apart the rows of the matrices are.
type padding int

const (
	tight padding = iota
	ragged
	lined // whole lines
	paged // whole pages
)

func stride[T view.Float](cols int, p padding) int {
	switch p {
	case ragged:
		return view.RoundUp(cols, view.Panel[T]()) + 1
	case lined:
		return view.RoundUp(cols, view.Panel[T]())
	case paged:
		return view.RoundUp(cols, view.Page/view.Size[T]())
	default:
		return cols
	}
}

// problems reach every value that a plan can have, for every instruction set, and both
// sides of each seam between blocks, passes and tiles.
func problems() []problem {
	var all []problem
	add := func(slow bool, m, n, k int, pads ...padding) {
		for i, pad := range append(pads, tight) {
			for t, trans := range [][2]bool{{false, false}, {true, false}, {false, true}, {true, true}} {
				if slow && m*n*k > 1<<24 && t > 1 {
					continue // the chains take seconds, and short ones are divided alike
				}
				alpha, beta := []float64{1, 1, -0.5}[(i+m)%3], []float64{0, 1, 2}[(i+n)%3]
				all = append(all, problem{trans[0], trans[1], alpha, beta, m, n, k, pad, slow})
				if !slow {
					all = append(all, problem{trans[0], trans[1], -1, beta, m, n, k, pad, slow})
				}
			}
		}
	}
	add(false, 5, 7, 3)
	add(false, 70, 70, 70, ragged)
	add(false, 17, 350, 25, lined)
	add(false, 110, 100, 101, paged)
	add(false, 33, 130, 520, paged)
	add(false, 5, 70, 1024, lined)
	add(false, 3, 40, 1100)
	add(false, 34, 330, 400, ragged)
	add(false, 130, 340, 130)
	add(false, 100, 3, 150)
	add(false, 300, 1, 37, ragged)
	add(false, 2, 37, 9)
	add(false, 1, 300, 130)
	add(false, 4, 50, 70)
	add(true, 600, 70, 300, paged)
	add(true, 384, 2051, 15, ragged)
	add(true, 384, 2051, 88, ragged)
	add(true, 60, 330, 1030)
	add(true, 8*14+15, 2070, 1030)
	add(true, 1, 2051, 1030)
	add(true, 1, 2051, 1600)
	add(true, 20, 2051, 1030)
	add(true, 5003, 1, 300)
	add(true, 127, 2, 5000)
	add(true, 2, 33, 40000)
	return all
}

// sets are the instruction sets whose plans can be followed here: all where nothing is
// assembled, since every kernel is its definition then.
func sets() []isa.ISA {
	if len(isa.Compiled()) == 1 {
		return isa.All[:]
	}
	return isa.Available()
}

// problem is what its plan is made for.
func (p problem) problem(i isa.ISA, size, threads int, strides [3]int) plan.Problem {
	return plan.Problem{
		ISA: i, Size: size, Threads: threads, TransA: p.transA, TransB: p.transB, M: p.m, N: p.n, K: p.k,
		StrideA: strides[0], StrideB: strides[1], StrideC: strides[2], Scaled: p.alpha != 1 && p.alpha != -1, Negated: p.alpha == -1,
	}
}

// stored are the rows and columns of the matrices as they are stored.
func (p problem) stored() (sizes [3][2]int) {
	sizes = [3][2]int{{p.m, p.k}, {p.k, p.n}, {p.m, p.n}}
	if p.transA {
		sizes[0] = [2]int{p.k, p.m}
	}
	if p.transB {
		sizes[1] = [2]int{p.n, p.k}
	}
	return sizes
}

func operands[T view.Float](p problem) (all [3]view.Matrix[T]) {
	value := contract.RandomValues[T](uint64(p.m+p.n+p.k), false)
	for i, size := range p.stored() {
		m := view.Matrix[T]{Rows: size[0], Cols: size[1], Stride: stride[T](size[1], p.pad)}
		m.Data = make([]T, (m.Rows-1)*m.Stride+m.Cols)
		for j := range m.Data {
			m.Data[j] = value()
		}
		all[i] = m
	}
	return all
}

// chains computes the product as it is defined.
func chains[T view.Float](p problem, a, b, c view.Matrix[T]) view.Matrix[T] {
	result := view.Matrix[T]{Rows: p.m, Cols: p.n, Stride: p.n, Data: make([]T, p.m*p.n)}
	right, left := b, make([]T, p.k)
	if p.transB {
		right = view.NewMatrix[T](p.k, p.n)
		for q := range p.k {
			for j := range p.n {
				right.Row(q)[j] = b.Row(j)[q]
			}
		}
	}
	for i := range p.m {
		row := result.Row(i)
		for j, x := range c.Row(i) {
			row[j] = T(p.beta) * x
		}
		for q := range p.k {
			at := i*a.Stride + q
			if p.transA {
				at = q*a.Stride + i
			}
			left[q] = a.Data[at]
			if p.alpha != 1 {
				left[q] *= T(p.alpha)
			}
		}
		for q, x := range left {
			for j, y := range right.Row(q) {
				row[j] = fma(x, y, row[j])
			}
		}
	}
	return result
}

func fma[T view.Float](a, b, c T) T {
	if view.Size[T]() == 8 {
		return T(math.FMA(float64(a), float64(b), float64(c)))
	}
	return T(f32.FMA(float32(a), float32(b), float32(c)))
}

// TestGemm compares products with their chains, on every plan that this machine can follow.
func TestGemm(t *testing.T) {
	t.Run("float32", testGemm[float32])
	t.Run("float64", testGemm[float64])
}

func testGemm[T view.Float](t *testing.T) {
	pools := []*threads.Pool{nil, threads.New(2), threads.New(3)}
	defer pools[1].Close()
	defer pools[2].Close()
	for number, p := range problems() {
		if p.slow && testing.Short() || race.Enabled && number%6 != 1 && number%6 != 5 { // two and three threads stay
			continue
		}
		m := operands[T](p)
		want := chains(p, m[0], m[1], m[2])
		for _, i := range sets() {
			for _, pool := range pools {
				if testing.Short() && pool.Threads() != 1+number%3 {
					continue
				}
				c := view.Matrix[T]{Rows: p.m, Cols: p.n, Stride: m[2].Stride, Data: append([]T(nil), m[2].Data...)}
				Gemm(pool, i, p.transA, p.transB, T(p.alpha), m[0], m[1], T(p.beta), c)
				if err := sameRows(c, want); err != nil {
					t.Fatalf("%v, %d threads, %+v: %v", i, pool.Threads(), p, err)
				}
			}
		}
	}
}

func sameRows[T view.Float](got, want view.Matrix[T]) error {
	for i := range want.Rows {
		for j, x := range got.Row(i) {
			if !contract.SameBits(x, want.Row(i)[j]) {
				return fmt.Errorf("c[%d][%d] = %v, want %v", i, j, x, want.Row(i)[j])
			}
		}
	}
	return nil
}

// TestGemmDivided divides the rows of C otherwise than any number of threads would: into
// parts of which a pass knows that more rows follow, or that none does.
func TestGemmDivided(t *testing.T) {
	if race.Enabled {
		t.Skip("one goroutine does it all")
	}
	t.Run("float32", testGemmDivided[float32])
	t.Run("float64", testGemmDivided[float64])
}

func testGemmDivided[T view.Float](t *testing.T) {
	for _, p := range []problem{{transB: true, m: 60, n: 330, k: 1030, alpha: -0.5}, {transA: true, m: 60, n: 330, k: 1030, alpha: -0.5}} {
		m := operands[T](p)
		want := chains(p, m[0], m[1], m[2])
		for _, i := range sets() {
			c := view.NewMatrix[T](p.m, p.n)
			g := gemm[T]{isa: i, transA: p.transA, transB: p.transB, alpha: T(p.alpha), a: m[0], b: m[1], c: c, zero: true}
			problem := g.problem(1)
			g.plan = plan.OfGemm(&problem)
			g.eachBlock(new(scratch[T]), func(b *block[T]) {
				g.packPanels(b, 0, b.packed.Panels(), new(scratch[T]).tileBuffer())
				unit := max(1, g.plan.TileRows)
				for part, lo := range []int{0, 1, 2, 4} {
					hi := min([]int{1, 2, 4, p.m}[part]*unit, p.m)
					g.pass(b, min(lo*unit, p.m), hi, []int{hi, p.m}[part%2], new(scratch[T]))
				}
			})
			if err := sameRows(c, want); err != nil {
				t.Fatalf("%v, %+v: %v", i, p, err)
			}
		}
	}
}

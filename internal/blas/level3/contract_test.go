package level3

import (
	"testing"

	"github.com/targetprop/targetprop/internal/engine"
	"github.com/targetprop/targetprop/internal/race"
	"github.com/targetprop/targetprop/internal/simd/contract"
	"github.com/targetprop/targetprop/internal/view"
)

// shapes are both sides of the sizes that decide, in every direction.
func shapes() []contract.Shape {
	var s []contract.Shape
	for i, m := range []int{1, 2, symmLoops, symmLoops + 1, panelOrder, panelOrder + 1, rowsOrder + 1, syrkLoops, loopsOrder, loopsOrder + 1, triangleBlock, triangleBlock + 1, symmBlock, symmBlock + 3} {
		for j, n := range []int{1, panelLines, panelLines + 1, symmLoops + 1, loopsOrder + 1, 65} {
			s = append(s, contract.Shape{M: m, N: n, K: i*5 + j})
		}
	}
	for i, n := range []int{wideLines - 1, wideLines, wideLines + 1, pieceBytes/4 + 3, pieceBytes/8 + 3} {
		s = append(s, contract.Shape{M: rowsOrder + i, N: n, K: i}, contract.Shape{M: triangleBlock + 1 + i, N: n, K: 5 + i})
	}
	if race.Enabled { // each takes long, and threads have something to do in the last
		s = append(s[:10:10], s[len(s)-2:]...)
	}
	return s
}

// table is all routines. K decides which triangle, side and factors.
func table[T view.Float]() contract.Table[engine.Core, T] {
	values := []T{1, -0.5, 2}
	kind := func(s contract.Shape) (a, b, c bool, alpha, beta T) {
		return s.K&1 != 0, s.K&2 != 0, s.K&4 != 0, values[s.K%3], append(values, 0)[s.K/3%4]
	}
	triangular := func(do func(core engine.Core, left bool, alpha T, a Triangle[T], b view.Matrix[T])) contract.Contract[engine.Core, T] {
		return contract.Contract[engine.Core, T]{Run: func(core engine.Core, d *contract.Data[T], s contract.Shape) {
			left, upper, trans, alpha, _ := kind(s)
			b := d.Matrix(s.N, s.M)
			if left {
				b = d.Matrix(s.M, s.N)
			}
			do(core, left, alpha, Triangle[T]{Matrix: d.Matrix(s.M, s.M), Upper: upper, Trans: trans, Unit: s.K&8 != 0}, b)
		}, Shapes: shapes(), Least: contract.Shape{M: 1, N: 1}}
	}
	return contract.Table[engine.Core, T]{
		"symm": {Run: func(core engine.Core, d *contract.Data[T], s contract.Shape) {
			left, upper, _, alpha, beta := kind(s)
			a := d.Matrix(s.M, s.M)
			if !left {
				s.M, s.N = s.N, s.M
			}
			Symm(core, left, upper, alpha, a, d.Matrix(s.M, s.N), beta, d.Matrix(s.M, s.N))
		}, Shapes: shapes(), Least: contract.Shape{M: 1, N: 1}},
		"gemm": {Run: func(core engine.Core, d *contract.Data[T], s contract.Shape) {
			transA, transB, _, alpha, beta := kind(s)
			k := 1 + s.K%70
			a, b := d.Matrix(s.M, k), d.Matrix(k, s.N)
			if transA {
				a = d.Matrix(k, s.M)
			}
			if transB {
				b = d.Matrix(s.N, k)
			}
			Gemm(core, transA, transB, alpha, a, b, beta, d.Matrix(s.M, s.N))
		}, Shapes: shapes(), Least: contract.Shape{M: 1, N: 1}},
		"syrk": {Run: func(core engine.Core, d *contract.Data[T], s contract.Shape) {
			upper, trans, two, alpha, beta := kind(s)
			rows, cols := s.M, s.N
			if trans {
				rows, cols = cols, rows
			}
			if two {
				Syr2k(core, upper, trans, alpha, d.Matrix(rows, cols), d.Matrix(rows, cols), beta, d.Matrix(s.M, s.M))
				return
			}
			Syrk(core, upper, trans, alpha, d.Matrix(rows, cols), beta, d.Matrix(s.M, s.M))
		}, Shapes: shapes(), Least: contract.Shape{M: 1, N: 1}},
		"trmm": triangular(Trmm[T]),
		"trsm": triangular(Trsm[T]),
	}
}

func TestContract(t *testing.T) {
	all := cores(t)
	both(t, func(t *testing.T) { table[float32]().Test(t, all) }, func(t *testing.T) { table[float64]().Test(t, all) })
}

func TestContractRandom(t *testing.T) {
	all := cores(t)
	both(t, func(t *testing.T) { table[float32]().TestRandom(t, all) }, func(t *testing.T) { table[float64]().TestRandom(t, all) })
}

// TestAllocations: scratch is used again.
func TestAllocations(t *testing.T) {
	if race.Enabled {
		t.Skip("the race detector makes pools forget")
	}
	both(t, testAllocations[float32], testAllocations[float64])
}

func testAllocations[T view.Float](t *testing.T) {
	core := best()
	for _, n := range []int{4, 90, 300} {
		a, b, c := view.NewMatrix[T](90, 90), view.NewMatrix[T](90, n), view.NewMatrix[T](90, n)
		tall, square := view.NewMatrix[T](n, 90), view.NewMatrix[T](90, 90)
		for i := range 90 {
			a.Row(i)[i] = 1
		}
		for name, f := range map[string]func(){
			"Symm":       func() { Symm(core, true, true, 1, a, b, 0, c) },
			"Syrk":       func() { Syrk(core, true, false, 1, b, 0, square) },
			"Syr2k":      func() { Syr2k(core, false, false, 1, b, c, 1, square) },
			"Trmm":       func() { Trmm(core, true, 1, Triangle[T]{Matrix: a}, b) },
			"Trsm":       func() { Trsm(core, true, 1, Triangle[T]{Matrix: a}, b) },
			"Trsm right": func() { Trsm(core, false, 1, Triangle[T]{Matrix: a, Trans: true}, tall) },
		} {
			if got := testing.AllocsPerRun(10, f); got != 0 {
				t.Errorf("%s with %d: %v allocations", name, n, got)
			}
		}
	}
}

package solve

import (
	"slices"
	"testing"

	"github.com/targetprop/targetprop/internal/simd/contract"
	"github.com/targetprop/targetprop/internal/simd/isa"
	"github.com/targetprop/targetprop/internal/view"
)

// widest is a multiple of the columns of all instruction sets.
func widest[T view.Float]() int { return isa.AVX512.SolvePanels() * view.Panel[T]() }

// table is the triangles as they are stored or transposed, solved forth or back, beside what
// they are solved for and in its place. Every instruction set solves for as many columns.
func table[T view.Float]() contract.Table[isa.ISA, T] {
	var shapes []contract.Shape
	for n := range 20 {
		shapes = append(shapes, contract.Shape{M: n, K: n}, contract.Shape{M: n, K: n + 1}, contract.Shape{M: n, K: n + 2}, contract.Shape{M: n, K: n + 3})
	}
	shapes = append(shapes, contract.Shape{M: 64, K: 0}, contract.Shape{M: 101, K: 3})
	return contract.Table[isa.ISA, T]{
		"beside": {Run: func(i isa.ISA, d *contract.Data[T], s contract.Shape) {
			run(i, d, s, d.Block(s.M, widest[T]()))
		}, Shapes: shapes},
		"in place": {Run: func(i isa.ISA, d *contract.Data[T], s contract.Shape) {
			run(i, d, s, view.Block[T]{})
		}, Shapes: shapes},
	}
}

// run solves for b, or in the place of the solution if there is none.
func run[T view.Float](i isa.ISA, d *contract.Data[T], s contract.Shape, b view.Block[T]) {
	a, inverse, columns := d.Matrix(s.M, s.M), d.Slice(s.M), Columns[T](i)
	row, column := a.Stride, 1
	if s.K&1 != 0 {
		row, column = column, row
	}
	x, wide := d.Slice(s.M*widest[T]()), widest[T]()
	place := func(j int) int { // of an element in panels
		return j%wide/columns*columns*s.M + j/wide*columns + j%columns
	}
	for j, e := range slices.Clone(x) {
		x[place(j)] = e
	}
	for from := 0; from < wide; from += columns {
		panel := x[s.M*from:][:s.M*columns]
		if b.Data == nil {
			Solve(i, s.K&2 != 0, s.M, a.Data, row, column, inverse, panel, columns, panel)
		} else {
			Solve(i, s.K&2 != 0, s.M, a.Data, row, column, inverse, b.Data[from:], b.Stride, panel)
		}
	}
	panels := slices.Clone(x)
	for j := range x {
		x[j] = panels[place(j)]
	}
}

func TestContract(t *testing.T) {
	t.Run("float32", func(t *testing.T) { table[float32]().Test(t, contract.ISAs()) })
	t.Run("float64", func(t *testing.T) { table[float64]().Test(t, contract.ISAs()) })
}

func TestContractRandom(t *testing.T) {
	t.Run("float32", func(t *testing.T) { table[float32]().TestRandom(t, contract.ISAs()) })
	t.Run("float64", func(t *testing.T) { table[float64]().TestRandom(t, contract.ISAs()) })
}

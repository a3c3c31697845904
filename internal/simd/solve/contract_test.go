package solve

import (
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
		for k := range 4 {
			shapes = append(shapes, contract.Shape{M: n, N: (n + k) % 3, K: k})
		}
	}
	shapes = append(shapes, contract.Shape{M: 64, N: 1}, contract.Shape{M: 101, K: 3})
	return contract.Table[isa.ISA, T]{
		"beside": {Run: func(i isa.ISA, d *contract.Data[T], s contract.Shape) {
			s.N %= 4
			a, inverse, columns := d.Matrix(s.M, s.M), d.Slice(s.M), (1+s.N)*widest[T]()
			b, x := d.Block(s.M, columns), d.Slice(s.M*widest[T]())
			run(i, s, a, inverse, columns/Columns[T](i), b.Data, b.Stride, x)
			clear(x) // it is for any use
		}, Shapes: shapes},
		"in place": {Run: func(i isa.ISA, d *contract.Data[T], s contract.Shape) {
			a, inverse, columns := d.Matrix(s.M, s.M), d.Slice(s.M), Columns[T](i)
			b, x := d.Block(s.M, widest[T]()), d.Slice(s.M*widest[T]())
			for from := 0; from < widest[T](); from += columns {
				panel := x[len(x)-s.M*columns:]
				for r := range s.M {
					copy(panel[r*columns:][:columns], b.Data[r*b.Stride+from:])
				}
				run(i, s, a, inverse, 1, panel, columns, panel)
				for r := range s.M {
					copy(b.Data[r*b.Stride+from:], panel[r*columns:][:columns])
				}
			}
			clear(x)
		}, Shapes: shapes},
	}
}

// run solves a triangle as the shape says.
func run[T view.Float](i isa.ISA, s contract.Shape, a view.Matrix[T], inverse []T, panels int, b []T, stride int, x []T) {
	row, column := a.Stride, 1
	if s.K&1 != 0 {
		row, column = column, row
	}
	Solve(i, s.K&2 != 0, s.M, a.Data, row, column, inverse, panels, b, stride, x)
}

func TestContract(t *testing.T) {
	t.Run("float32", func(t *testing.T) { table[float32]().Test(t, contract.ISAs()) })
	t.Run("float64", func(t *testing.T) { table[float64]().Test(t, contract.ISAs()) })
}

func TestContractRandom(t *testing.T) {
	t.Run("float32", func(t *testing.T) { table[float32]().TestRandom(t, contract.ISAs()) })
	t.Run("float64", func(t *testing.T) { table[float64]().TestRandom(t, contract.ISAs()) })
}

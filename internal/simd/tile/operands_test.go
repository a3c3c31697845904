package tile

import (
	"github.com/targetprop/targetprop/internal/simd/contract"
	"github.com/targetprop/targetprop/internal/view"
)

// left makes the left matrix of a case.
type left[T view.Float] func(d *contract.Data[T], rows, k int) Operand[T]

func inRows[T view.Float](d *contract.Data[T], rows, k int) Operand[T] {
	return InRows(d.Block(rows, k))
}

func inTransposedRows[T view.Float](d *contract.Data[T], rows, k int) Operand[T] {
	return InTransposedRows(d.Block(k, rows))
}

// ends makes the places where tiles begin, and where they end. Each is Init or C from a
// column on.
type ends[T view.Float] func(d *contract.Data[T], s contract.Shape) (init, c func(col int) Panels[T])

// allEnds are those of products, apart or in place, of maps, whose rows all begin with the
// bias, and of gradients, which begin with zeros and end in panels.
func allEnds[T view.Float]() map[string]ends[T] {
	return map[string]ends[T]{
		"apart": func(d *contract.Data[T], s contract.Shape) (init, c func(int) Panels[T]) {
			return columnsOf(d.Block(s.M, s.N)), columnsOf(d.Block(s.M, s.N))
		},
		"in place": func(d *contract.Data[T], s contract.Shape) (init, c func(int) Panels[T]) {
			c = columnsOf(d.Block(s.M, s.N))
			return c, c
		},
		"bias": func(d *contract.Data[T], s contract.Shape) (init, c func(int) Panels[T]) {
			bias := d.Packed(2, s.N)
			init = func(col int) Panels[T] {
				p := From(bias, 1, col)
				p.Row = 0
				return p
			}
			return init, columnsOf(d.Block(s.M, s.N))
		},
		"zeros": func(d *contract.Data[T], s contract.Shape) (init, c func(int) Panels[T]) {
			gradient := d.Packed(s.M+1, s.N)
			return func(int) Panels[T] { return Zeros[T]() }, func(col int) Panels[T] { return From(gradient, 1, col) }
		},
	}
}

// columnsOf are the columns of a matrix as it is stored.
func columnsOf[T view.Float](b view.Block[T]) func(col int) Panels[T] {
	return func(col int) Panels[T] { return Panels[T]{b.Data[col:], view.Panel[T](), b.Stride} }
}

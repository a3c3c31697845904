package contract

import (
	"math"

	"github.com/targetprop/targetprop/internal/view"
)

// Data makes the operands of one case, the same for every implementation.
type Data[T view.Float] struct {
	arena  *arena[T]
	layout Layout
	value  func() T
}

// Slice is n values.
func (d *Data[T]) Slice(n int) []T {
	s := d.arena.slice(n, d.layout)
	for i := range s {
		s[i] = d.value()
	}
	return s
}

// Matrix is a matrix of values. No two neighbours among the operands have one stride.
func (d *Data[T]) Matrix(rows, cols int) view.Matrix[T] {
	stride, n := cols, 0
	if d.layout.Pad > 0 && cols > 0 {
		stride += d.layout.Pad + len(d.arena.used)%4
	}
	if rows > 0 {
		n = (rows-1)*stride + cols
	}
	return view.Matrix[T]{Rows: rows, Cols: cols, Data: d.Slice(n), Stride: stride}
}

// Block is a matrix for a kernel that goes along rows. It has room for one
// element even if there is none, so that there is an address.
func (d *Data[T]) Block(rows, cols int) view.Block[T] {
	return d.Matrix(max(1, rows), max(1, cols)).Block(0, 0)
}

// Packed is a packed matrix of values.
func (d *Data[T]) Packed(rows, cols int) view.Packed[T] {
	p := view.Packed[T]{Rows: rows, Cols: cols}
	p.Data = d.arena.slice(rows*p.Panels()*view.Panel[T](), d.layout)
	clear(p.Data)
	p.Pack(0, d.Matrix(rows, cols))
	return p
}

// Fractions is a matrix of numbers in [0, 1]; NaN stay.
func (d *Data[T]) Fractions(rows, cols int) view.Matrix[T] {
	m := d.Matrix(rows, cols)
	for i, x := range m.Data {
		m.Data[i] = x - T(math.Floor(float64(x)))
	}
	return m
}

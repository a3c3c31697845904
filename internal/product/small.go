package product

import (
	"github.com/targetprop/targetprop/internal/plan"
	"github.com/targetprop/targetprop/internal/simd/isa"
	"github.com/targetprop/targetprop/internal/simd/tile"
	"github.com/targetprop/targetprop/internal/view"
)

// Small computes c = op(a) b if zero says so, else c += op(a) b. It does so if the product
// is small and its matrices match and hold their elements. All else, wrong arguments
// included, it leaves alone and returns false. It asks no more than that, since the
// smallest products feel each question.
func Small[T view.Float](i isa.ISA, transA bool, a, b, c *view.Matrix[T], zero bool) bool {
	m, k, n := c.Rows, b.Rows, c.Cols
	rows, cols := m, k
	if transA {
		rows, cols = k, m
	}
	if !plan.IsSmall(i, view.Panel[T](), m, n, k) || a.Rows != rows || a.Cols != cols || b.Cols != n ||
		!smallHolds(a) || !smallHolds(b) || !smallHolds(c) || !tile.Assembled[T](i) {
		return false
	}
	tile.Small(i, transA, a, b, c, zero)
	return true
}

// smallHolds is Holds for a matrix of few rows. It may deny it of a single row with a long
// stride.
func smallHolds[T view.Float](m *view.Matrix[T]) bool {
	return m.Cols <= m.Stride && m.Stride <= len(m.Data) && (m.Rows-1)*m.Stride+m.Cols <= len(m.Data)
}

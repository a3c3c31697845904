package product

import (
	"github.com/targetprop/targetprop/internal/plan"
	"github.com/targetprop/targetprop/internal/simd/isa"
	"github.com/targetprop/targetprop/internal/simd/tile"
	"github.com/targetprop/targetprop/internal/view"
)

// Small computes c = op(a) b or, unless zero says so, c += op(a) b, if the product is
// small and its matrices match and hold their elements. All else, wrong arguments
// included, it leaves alone and returns false: so few questions are what the smallest
// products can bear.
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

// smallHolds is Holds for a matrix of few rows; a single row may be too long for it.
func smallHolds[T view.Float](m *view.Matrix[T]) bool {
	return m.Cols <= m.Stride && m.Stride <= len(m.Data) && (m.Rows-1)*m.Stride+m.Cols <= len(m.Data)
}

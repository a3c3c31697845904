package product

import (
	"github.com/targetprop/targetprop/internal/plan"
	"github.com/targetprop/targetprop/internal/simd/isa"
	"github.com/targetprop/targetprop/internal/simd/level1"
	"github.com/targetprop/targetprop/internal/simd/pack"
	"github.com/targetprop/targetprop/internal/simd/tile"
	"github.com/targetprop/targetprop/internal/view"
)

// left is the part of op(a) that meets the block, so many rows from i0 on, read as the plan
// says.
func (g *gemm[T]) left(b *block[T], i0, rows int, s *scratch[T]) tile.Operand[T] {
	src := g.partOfA(b, i0)
	switch g.plan.A {
	case plan.InColumns:
		lines := view.RoundUp(rows, g.plan.TileRows)
		dst := view.Grow(&s.left, lines*b.k)
		toColumns(g.isa, g.a.Block(0, b.k0), g.a.Rows, i0, rows, g.plan.TileRows, b.k, dst)
		g.scale(view.Matrix[T]{Rows: lines, Cols: b.k, Stride: b.k, Data: dst}) // the room of the last tile too
		return tile.InColumns(dst, g.plan.TileRows, b.k)
	case plan.Copied:
		src = g.copyA(b, rows, src, s)
	}
	if g.transA {
		return tile.InTransposedRows(src)
	}
	return tile.InRows(src)
}

// copyA returns a copy, times alpha, of src: the part of a, as it is stored, for some rows of
// op(a).
func (g *gemm[T]) copyA(b *block[T], rows int, src view.Block[T], s *scratch[T]) view.Block[T] {
	lines, length := rows, b.k
	if g.transA {
		lines, length = b.k, rows
	}
	stride := oddLines[T](length)
	dst := view.Block[T]{Data: view.Grow(&s.left, lines*stride), Stride: stride}
	pack.Block(g.isa, lines, length, src, dst)
	g.scale(view.Matrix[T]{Rows: lines, Cols: length, Stride: stride, Data: dst.Data})
	return dst
}

// scale multiplies alpha in.
func (g *gemm[T]) scale(m view.Matrix[T]) {
	if g.alpha == 1 || g.plan.NegateB {
		return
	}
	for i := range m.Rows {
		level1.Scale(g.isa, g.alpha, m.Row(i))
	}
}

// oddLines is how far apart rows of that length lie: an odd number of cache lines. With an
// even one the rows of a tile would crowd into a part of the caches' sets.
func oddLines[T view.Float](length int) int {
	panel := view.Panel[T]()
	return (view.RoundUp(length, panel)/panel | 1) * panel
}

// toColumns lays the rows first to first+rows-1 of x out for tiles of so many rows. The rows
// of each tile become columns of dst, k of them, one tile after the other. x has m rows.
func toColumns[T view.Float](i isa.ISA, x view.Block[T], m, first, rows, height, k int, dst []T) {
	for row := 0; row < rows; row += height {
		// Rows behind the last one are none to read: rather some before these.
		from := min(first+row, m-isa.TransposeRows)
		pack.Transpose(i, first+row-from, min(height, rows-row), k, x.Data[from*x.Stride:], x.Stride, dst[row*k:], height)
	}
}

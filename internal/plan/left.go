package plan

import (
	"github.com/targetprop/targetprop/internal/simd/isa"
	"github.com/targetprop/targetprop/internal/view"
)

// left decides how A is read: in columns where that pays; else from a copy where A has to
// be scaled, crowds the caches or is far apart; else where it is.
func (p *Problem) left(order Order) Left {
	switch {
	case p.inColumns(order):
		return InColumns
	case p.Scaled || p.crowded(p.StrideA) && (p.M > 1 || p.TransA) || p.TransA && p.isFarApart():
		return Copied
	default:
		return InPlace
	}
}

// columnsPanels is the panels of a product from which it pays to lay out its left matrix,
// if nothing else decides. Laying out costs 0.3 cycles an element; it saves some hundredths
// of the time.
const columnsPanels = 20

// inColumns tells whether rows of A are laid out. It pays where B, or everything, is
// more than the second-level cache has room for beside other things: only tiles of columns
// fetch B before they need it. It pays sooner where the rows of B are no whole lines
// apart.
func (p *Problem) inColumns(order Order) bool {
	const (
		farB       = 3 << 19 // bytes of a B from which few rows pay
		largeB     = 1 << 19 // bytes of B
		largeAll   = 2 << 20 // bytes of A, B and C
		raggedB    = 1 << 17 // bytes of a B whose rows are no whole lines apart
		fewPanels  = 10      // of C
		shortChain = 20      // multiply-adds
	)
	b := p.bytes(p.K * p.N)
	switch {
	case p.TransA || p.K < shortChain || order == Along && p.K < shortK || !CanLayOut(p.ISA, p.M, p.K):
		return false
	case p.M <= fewRows: // which read B where it is, unless it is transposed
		return b >= farB
	case p.TransB: // which is packed
		return p.N >= columnsPanels*p.panel()
	case p.N < fewPanels*p.panel():
		return false
	case b >= largeB || p.bytes(p.M*(p.K+p.N))+b >= largeAll:
		return true
	default:
		return !p.lined(p.StrideB) && b >= raggedB
	}
}

// CanLayOut tells whether the left matrix of a product, m x k, can be laid out. It needs
// the 16 rows that the kernel reads, and one more: 17 rows are tiles of 9, which is more
// than half of the tallest, as it must be for several tiles in one call.
func CanLayOut(i isa.ISA, m, k int) bool {
	return i == isa.AVX512 && m > isa.TransposeRows && k >= isa.TransposeColumns
}

// ColumnsRows is the rows of the tiles for which m rows are laid out.
func ColumnsRows(i isa.ISA, panel, m int) int {
	return view.Evenly(m, i.TileRows(panel, 2*panel))
}

// isFarApart tells whether a transposed A is copied because a tile's next step would be a
// long row further on. That pays from 8 panels of C on, whose tiles all read the copy, or
// for longer rows, or a larger A.
func (p *Problem) isFarApart() bool {
	const (
		leastA    = 1 << 17 // bytes
		largeA    = 4 << 20 // bytes
		longRow   = 3 << 10 // bytes
		farPanels = 8       // of C
	)
	a := p.memoryOfA()
	if p.StrideA <= 2*passRowsOf(p.ISA) || a < leastA || p.N < p.panel() {
		return false
	}
	return p.N >= farPanels*p.panel() || p.bytes(p.StrideA) >= longRow || a >= largeA
}

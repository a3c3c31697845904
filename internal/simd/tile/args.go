// Package tile runs the micro-kernels of the products: a column of tiles, each computed
// in registers.
package tile

import (
	"github.com/targetprop/targetprop/internal/simd/isa"
	"github.com/targetprop/targetprop/internal/view"
)

// Args is the argument of a column of tiles: Rows x Columns of
//
//	C[i][j] = Init[i][j] + sum over p < K of A[i][p]*B[p][j]
//
// as one chain of fused multiply-adds over p, ascending. The chain begins with Init,
// which may be C. Columns is what [Operand.TileColumns] returns for as many rows. For a
// single row it may be a multiple of the widest tile's columns, too. Drivers keep an
// argument and set only the fields that change from one column to the next, which is
// cheaper than a new argument.
type Args[T view.Float] struct {
	Rows, Columns, K int
	A                Operand[T]
	B, Init, C       Panels[T]
	Prefetch         []Prefetch[T] // what is fetched, in this order; MostPrefetches at most
	StepsOn          int           // how many steps ahead rows of B are fetched too, or 0
	ColumnsOn        int           // for a single row of the widest tiles: how many columns ahead B is fetched, or 0
}

// Height is the rows of a tile. The last of the column may have fewer.
func (t *Args[T]) Height(i isa.ISA) int {
	if t.A.IsInColumns() {
		return min(t.A.K, t.Rows)
	}
	return view.Evenly(t.Rows, i.TileRows(view.Panel[T](), t.Columns))
}

// Prefetches tells whether the kernel of these tiles fetches what Prefetch lists.
func (t *Args[T]) Prefetches(i isa.ISA) bool {
	panels := i.PrefetchPanels()
	return panels > 0 && t.Columns == panels*view.Panel[T]() && (i != isa.AVX512 || t.A.Row == 1)
}

// PrefetchShare appends each tile's share of next, the panels that the next column
// multiplies by. All tiles fetch a part: otherwise the first tile of the next column would
// wait for the last-level cache. With one tile or two nothing is appended: it would be too
// much for them.
func (t *Args[T]) PrefetchShare(i isa.ISA, list []Prefetch[T], next Panels[T]) []Prefetch[T] {
	height := t.Height(i)
	if !t.Prefetches(i) || t.Rows <= 2*height {
		return list
	}
	return append(list, PrefetchOf(next, ShareOf(t.K, height, t.Rows)))
}

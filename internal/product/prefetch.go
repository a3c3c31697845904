package product

import (
	"github.com/targetprop/targetprop/internal/simd/isa"
	"github.com/targetprop/targetprop/internal/simd/tile"
	"github.com/targetprop/targetprop/internal/view"
)

// prefetches is what the tiles of a pass fetch, while some rows of A meet a block of B: what
// is needed after each column of tiles, and after all of them.
type prefetches[T view.Float] struct {
	list   [tile.MostPrefetches]tile.Prefetch[T]
	height int           // of the tiles
	tiles  int           // of a column
	share  int           // how many rows of B each tile fetches
	until  int           // the column from which on columns fetch nothing
	more   bool          // rows of A follow
	a      view.Block[T] // those that are not fetched yet
	rows   int           // how many they are
	from   int           // the column from which on they are fetched
}

// rowsOfA is how many of the next rows of A each tile fetches. With fewer for each, tiles
// would begin earlier, and the panels of B that pass meanwhile would drive the rows out of
// the second-level cache again.
const rowsOfA = 2

// begin prepares for the pass over the rows from i0 on.
func (f *prefetches[T]) begin(g *gemm[T], b *block[T], i0, rows, end int) {
	panel := view.Panel[T]()
	columns := g.isa.PrefetchPanels() * panel
	if columns == 0 {
		return // none of its kernels fetches
	}
	f.height = view.Evenly(rows, g.isa.TileRows(panel, columns))
	f.tiles = (rows + f.height - 1) / f.height
	f.share = tile.ShareOf(b.k, f.height, rows)
	f.until, f.more, f.rows = g.untilCrossing(b, i0), i0+rows < end, 0
	if f.more && !g.transA {
		f.a, f.rows = g.partOfA(b, i0+rows), min(rows, end-i0-rows)
		each := rowsOfA * f.tiles
		f.from = f.until - f.until%columns - (f.rows+each-1)/each*columns
	}
}

// after lists what is needed after the tiles of a column: the next panels of B, or what is
// packed into them next; what the next tiles begin with; and some of the next rows of A.
// Of B and of what tiles begin with, the ends of lines are fetched. Where rows are no whole lines
// apart, an end is on another line than the beginning, which the column before has fetched.
func (f *prefetches[T]) after(g *gemm[T], b *block[T], init tile.Panels[T], col, columns int) []tile.Prefetch[T] {
	const copied = isa.PackPanels
	panel, n := view.Panel[T](), 0
	next := col + columns
	last := next >= f.until
	packing := b.filled < b.packed.Panels() && col/panel+copied >= b.filled
	switch {
	case packing && !last:
		if !g.transB && col+copied*panel < b.n {
			f.list[n].Set(g.source(b, col+copied*panel), panel, g.b.Stride, f.share)
			n++
		}
	case !last:
		data, nextPanel, row := g.panels(b, next)
		f.list[n].Set(data[min(panel, b.n-next)-1:], nextPanel, row, f.share)
		n++
	case f.more:
		data, nextPanel, row := g.panels(b, 0)
		f.list[n].Set(data, nextPanel, row, f.share)
		n++
	}
	if init.Row > 0 && !last {
		f.list[n].Set(init.Data[next+min(panel, b.n-next)-1:], init.Next, init.Row, f.height)
		n++
	}
	for i := 0; i < rowsOfA && f.rows > 0 && col >= f.from; i++ {
		f.rowOfA(&f.list[n], b.k, columns)
		n++
	}
	return f.list[:n]
}

// rowOfA has each tile of a column fetch the whole of one row of A.
func (f *prefetches[T]) rowOfA(p *tile.Prefetch[T], k, columns int) {
	p.Set(f.a.Data, view.Panel[T](), columns, (k+columns-1)/columns)
	p.Step = f.a.Stride
	fetched := min(f.tiles, f.rows)
	if f.rows -= fetched; f.rows > 0 {
		f.a.Data = f.a.Data[fetched*f.a.Stride:]
	}
}

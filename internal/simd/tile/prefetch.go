package tile

import (
	"github.com/targetprop/targetprop/internal/simd/isa"
	"github.com/targetprop/targetprop/internal/view"
)

// Prefetch is what will be needed when a tile is done: rows as wide as it. Those of the
// next tile are Step elements further on.
type Prefetch[T view.Float] struct {
	Panels[T]
	Rows, Step int
}

// MostPrefetches is how many of them a column of tiles takes.
const MostPrefetches = 4

// Set sets the fields one by one: see [Run].
func (p *Prefetch[T]) Set(data []T, next, row, rows int) {
	p.Data, p.Next, p.Row, p.Rows, p.Step = data, next, row, rows, rows*row
}

// PrefetchOf is a row for each of a tile's.
func PrefetchOf[T view.Float](p Panels[T], height int) (f Prefetch[T]) {
	f.Set(p.Data, p.Next, p.Row, height)
	return f
}

// Prefetches tells whether the kernel of the tiles fetches what comes after them.
func (t *Args[T]) Prefetches(i isa.ISA) bool {
	panels := i.PrefetchPanels()
	return panels > 0 && t.Columns == panels*view.Panel[T]() && (i != isa.AVX512 || t.A.Row == 1)
}

// PrefetchShare appends what each tile of the column is to fetch of the panels that the
// next column multiplies by, so that all do it: the last-level cache alone would keep the
// first tile of a column waiting. With one tile or two it is too much for them.
func (t *Args[T]) PrefetchShare(i isa.ISA, list []Prefetch[T], next Panels[T]) []Prefetch[T] {
	height := t.Height(i)
	if !t.Prefetches(i) || t.Rows <= 2*height {
		return list
	}
	return append(list, PrefetchOf(next, ShareOf(t.K, height, t.Rows)))
}

// ShareOf is how many of k rows each tile of a column of rows fetches for all to be
// fetched.
func ShareOf(k, height, rows int) int { return (k*height + rows - 1) / rows }

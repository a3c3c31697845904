package tile

import (
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

// ShareOf is how many of k rows each tile of a column of rows fetches for all to be
// fetched.
func ShareOf(k, height, rows int) int { return (k*height + rows - 1) / rows }

package tile

import (
	"github.com/targetprop/targetprop/internal/view"
)

// Prefetch is what a tile fetches for later: Rows rows as wide as it. The next tile of the
// column fetches as many, Step elements further on.
type Prefetch[T view.Float] struct {
	Panels[T]
	Rows, Step int
}

// MostPrefetches is the most that a column of tiles takes.
const MostPrefetches = 4

// Set has each tile fetch so many rows, and the next tile those after them. It sets the
// fields one by one: see [Run].
func (p *Prefetch[T]) Set(data []T, next, row, rows int) {
	p.Data, p.Next, p.Row, p.Rows, p.Step = data, next, row, rows, rows*row
}

// PrefetchOf has each tile fetch as many rows of p as it is high.
func PrefetchOf[T view.Float](p Panels[T], height int) (f Prefetch[T]) {
	f.Set(p.Data, p.Next, p.Row, height)
	return f
}

// ShareOf is how many of k rows each tile fetches so that all are fetched, by tiles of a
// height in a column of so many rows.
func ShareOf(k, height, rows int) int { return (k*height + rows - 1) / rows }

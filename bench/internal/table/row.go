package table

import (
	"math"
	"slices"

	"github.com/targetprop/targetprop/bench/internal/measure"
)

// Row is an operation on one shape.
type Row struct {
	// Name is in the manner of Go's benchmarks, without "Benchmark":
	// "Affine/op=softplus/m=100/k=784/n=1000".
	Name  string
	Label string // in a table: "softplus 100 x 784 x 1000"
	Note  string // in a column of its own, if the section has a heading for it

	Threads int // 0 is one

	// The floating-point operations of a call and the bytes that it must move
	// at least, for the roofline, which is of float32; 0 bytes keep a row off it.
	Flops, Bytes float64

	// View marks a second look at what another row measured.
	View bool

	Cells []Cell
}

// Cell returns the row's cell in a column.
func (r Row) Cell(column string) (Cell, bool) {
	i := slices.IndexFunc(r.Cells, func(c Cell) bool { return c.Column == column })
	if i < 0 {
		return Cell{}, false
	}
	return r.Cells[i], true
}

// Share is the cell's rate as a share of the limit that it comes nearest to:
// the median of the rounds' shares. It is NaN if no limit was measured.
func (r Row) Share(c Cell) (share float64, limit string) {
	share = math.NaN()
	for _, b := range c.Bounds {
		l, ok := r.Cell(b.Column)
		if !ok {
			continue
		}
		if s := measure.Ratio(c.Series, b.Work, l.Series, l.Work); s > share || math.IsNaN(share) && !math.IsNaN(s) {
			share, limit = s, b.Column
		}
	}
	return share, limit
}

// Best is the cell with the highest median among those with one of the roles.
func (r Row) Best(roles ...Role) (best Cell, ok bool) {
	for _, c := range r.Cells {
		if slices.Contains(roles, c.Role) && c.Measured() && c.Rate().Median > best.Rate().Median {
			best, ok = c, true
		}
	}
	return best, ok
}

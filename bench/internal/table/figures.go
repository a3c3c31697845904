package table

import (
	"cmp"
	"math"
	"slices"

	"github.com/targetprop/targetprop/bench/internal/measure"
)

// Rate is the cell's rate in its unit.
func (c Cell) Rate() measure.Rate {
	r := c.Series.Rate(c.Work)
	return measure.Rate{Median: r.Median * c.Unit.Scale, Min: r.Min * c.Unit.Scale, Max: r.Max * c.Unit.Scale}
}

// Measured tells whether there is a rate.
func (c Cell) Measured() bool { return len(c.Series.Samples) > 0 }

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

// Comparison is a column that divides the best of this project by the best of
// some others, or by the cell of a column.
type Comparison struct {
	Title   string
	Against Role
	Column  string // if set, instead of the best of the role
}

// Of returns the ratio and the column that it was taken to. It is NaN where
// there is nothing to compare.
func (c Comparison) Of(r Row) (ratio float64, column string) {
	ours, ok := r.Best(Ours)
	theirs, also := r.Cell(c.Column)
	if c.Column == "" {
		theirs, also = r.Best(c.Against)
	}
	if !ok || !also {
		return math.NaN(), ""
	}
	return measure.Ratio(ours.Series, ours.Work, theirs.Series, theirs.Work), theirs.Column
}

// Columns are the columns of all rows, by role and then as they first appear.
func (s *Section) Columns() []Cell {
	var columns []Cell
	for _, r := range s.Rows {
		for _, c := range r.Cells {
			if !slices.ContainsFunc(columns, func(have Cell) bool { return have.Column == c.Column }) {
				columns = append(columns, c)
			}
		}
	}
	slices.SortStableFunc(columns, func(a, b Cell) int { return cmp.Compare(a.Role, b.Role) })
	return columns
}

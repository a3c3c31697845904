package table

import (
	"math"

	"github.com/targetprop/targetprop/bench/internal/measure"
)

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

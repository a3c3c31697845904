package table

import "github.com/targetprop/targetprop/bench/internal/measure"

// Cell is one way to do a row's work.
type Cell struct {
	Column string
	Impl   string // name in a benchmark line
	Role   Role
	Unit   Unit
	Work   float64 // of a call
	Series measure.Series

	Bounds []Bound // what holds it back

	// Kernel is the implementation that a peer chose for the row.
	Kernel string
}

// Bound holds a cell against a limit of its row.
type Bound struct {
	Column string  // of the limit
	Work   float64 // of a call of the cell, in the limit's unit
}

// Rate is the cell's rate in its unit.
func (c Cell) Rate() measure.Rate {
	r := c.Series.Rate(c.Work)
	return measure.Rate{Median: r.Median * c.Unit.Scale, Min: r.Min * c.Unit.Scale, Max: r.Max * c.Unit.Scale}
}

// Measured tells whether there is a rate.
func (c Cell) Measured() bool { return len(c.Series.Samples) > 0 }

package cases

import (
	"strings"

	"github.com/targetprop/targetprop/bench/internal/measure"
	"github.com/targetprop/targetprop/bench/internal/table"
)

// Entry is a candidate and its cells.
type Entry struct {
	measure.Candidate
	Cells  map[int]table.Cell // by the number of the case's row
	Kernel func() string      // the implementation it chose; may be nil
	Close  func()             // may be nil
}

// One is the cells of an entry with a cell in the only row.
func One(c table.Cell) map[int]table.Cell { return map[int]table.Cell{0: c} }

// Each makes a function that does one call do many.
func Each(call func()) func(times int) {
	return func(times int) {
		for range times {
			call()
		}
	}
}

// ImplName is the name of a peer in a benchmark line.
func ImplName(name string) string { return strings.ToLower(name) }

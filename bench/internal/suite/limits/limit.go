package limits

import (
	"strings"

	"github.com/targetprop/targetprop/bench/internal/suite/cases"
	"github.com/targetprop/targetprop/bench/internal/table"
)

// limit is an entry for what the machine can do.
func limit(column string, unit table.Unit, work float64, run func(times int)) cases.Entry {
	e := cases.Entry{Cells: cases.One(table.Cell{Column: column, Impl: limitName(column), Role: table.Limit, Unit: unit, Work: work})}
	e.Run = run
	return e
}

// limitName is a limit's name in a benchmark line. It must not end like AVX-512,
// in a number that would be taken for that of the threads.
func limitName(column string) string {
	return "limit-" + strings.NewReplacer("-", "", " ", "-").Replace(strings.ToLower(column))
}

package training

import (
	"fmt"
	"math"
	"strconv"

	"github.com/targetprop/targetprop/bench/internal/measure"
	"github.com/targetprop/targetprop/bench/internal/table"
)

// figures is the table of ratios between rows, which have a name for each number of threads,
// and of allocations.
func figures(title string, section *table.Section, numbers []int, name func(threads int) string, allocations map[string]float64) table.Plain {
	rows := map[int]table.Row{}
	for _, r := range section.Rows {
		for _, threads := range numbers {
			if r.Name == name(threads) && !r.View {
				rows[threads] = r
			}
		}
	}
	p := table.Plain{Title: title, Header: []string{""}}
	var columns []string
	for _, c := range section.Columns() {
		if c.Role == table.Ours || c.Role == table.Peer {
			columns = append(columns, c.Column)
		}
	}
	p.Header = append(p.Header, columns...)
	add := func(label string, value func(column string) string) {
		row := []string{label}
		for _, c := range columns {
			row = append(row, value(c))
		}
		p.Rows = append(p.Rows, row)
	}
	ratio := func(a table.Cell, b table.Cell) string {
		r := measure.Ratio(a.Series, a.Work, b.Series, b.Work)
		if math.IsNaN(r) {
			return "–"
		}
		return strconv.FormatFloat(r, 'f', 2, 64)
	}
	peak := func(r table.Row, column string) (peak table.Cell) {
		if c, _ := r.Cell(column); len(c.Bounds) > 0 {
			peak, _ = r.Cell(c.Bounds[0].Column)
		}
		return peak
	}
	for _, threads := range numbers {
		row := rows[threads]
		if one, ok := rows[1]; ok && threads > 1 {
			add(fmt.Sprintf("%d threads ÷ 1", threads), func(column string) string {
				a, _ := row.Cell(column)
				b, _ := one.Cell(column)
				return ratio(a, b)
			})
			add(fmt.Sprintf("FMA peak, %d threads ÷ 1", threads), func(column string) string {
				return ratio(peak(row, column), peak(one, column))
			})
		}
	}
	for _, threads := range numbers {
		row := rows[threads]
		if yardstick, ok := row.Cell(yardstickColumn); ok {
			add(fmt.Sprintf("÷ yardstick, threads: %d", threads), func(column string) string {
				c, _ := row.Cell(column)
				return ratio(c, yardstick)
			})
			add(fmt.Sprintf("FMA peak ÷ yardstick, threads: %d", threads), func(column string) string {
				return ratio(peak(row, column), yardstick)
			})
		}
	}
	for _, threads := range numbers {
		add(fmt.Sprintf("allocations a step, threads: %d", threads), func(column string) string {
			n, ok := allocations[allocationKey(column, threads)]
			if !ok {
				return "–"
			}
			return strconv.FormatFloat(n, 'g', 3, 64)
		})
	}
	return p
}

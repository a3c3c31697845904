package suite

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/targetprop/targetprop/bench/internal/breakdown"
	"github.com/targetprop/targetprop/bench/internal/measure"
	"github.com/targetprop/targetprop/bench/internal/table"
	"github.com/targetprop/targetprop/bench/peers"
	"github.com/targetprop/targetprop/dataset"
)

// finish adds the figures that compare rows, and the breakdown of a step.
func (t *trainings) finish(section *table.Section) {
	section.Extra = append(section.Extra, t.figures(section))
	if t.suite.Profile > 0 {
		parts, err := t.breakdown()
		if err != nil {
			t.remarks = append(t.remarks, "No breakdown: "+err.Error())
		} else {
			section.Extra = append(section.Extra, parts)
		}
	}
	slices.Sort(t.remarks)
	section.Remark = append(section.Remark, slices.Compact(t.remarks)...)
}

// figures is the table of ratios between rows, and of allocations.
func (t *trainings) figures(section *table.Section) table.Plain {
	rows := map[int]table.Row{}
	for _, r := range section.Rows {
		for _, threads := range t.suite.Threads {
			if r.Name == TrainRow(threads) && !r.View {
				rows[threads] = r
			}
		}
	}
	p := table.Plain{Title: "Scaling and allocations", Header: []string{""}}
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
	for _, threads := range t.suite.Threads {
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
	for _, threads := range t.suite.Threads {
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
	for _, threads := range t.suite.Threads {
		add(fmt.Sprintf("allocations a step, threads: %d", threads), func(column string) string {
			n, ok := t.allocations[allocationKey(column, threads)]
			if !ok {
				return "–"
			}
			return strconv.FormatFloat(n, 'g', 3, 64)
		})
	}
	return p
}

// breakdown profiles training on one thread.
func (t *trainings) breakdown() (table.Plain, error) {
	set, err := dataset.Load(context.Background(), "digits", dataset.Options{})
	if err != nil {
		return table.Plain{}, err
	}
	best := t.suite.best()
	trainer, err := newTrainer(best.Engine, best.Engine, digits{set.Train})
	if err != nil {
		return table.Plain{}, err
	}
	step := func() error {
		_, err := trainer.Step()
		return err
	}
	if err := step(); err != nil { // cold
		return table.Plain{}, err
	}
	peers.Settle()
	b, err := breakdown.Profile(t.suite.Profile, step)
	if err != nil {
		return table.Plain{}, err
	}
	p := table.Plain{
		Title:  fmt.Sprintf("Where a step's time goes: %s, one thread, %d samples of a CPU profile", best.Column, b.Samples),
		Header: []string{"", "share", "functions"},
	}
	for _, part := range b.Parts {
		var functions []string
		for i, f := range part.Functions {
			if i == 5 {
				functions = append(functions, "...")
				break
			}
			functions = append(functions, fmt.Sprintf("%s %.1f %%", f.Name, 100*f.Share))
		}
		p.Rows = append(p.Rows, []string{
			part.Name,
			fmt.Sprintf("%.1f ± %.1f %%", 100*part.Share, 100*part.Error),
			strings.Join(functions, ", "),
		})
	}
	return p, nil
}

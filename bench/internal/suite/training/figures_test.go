package training

import (
	"slices"
	"testing"
	"time"

	"github.com/targetprop/targetprop/bench/internal/measure"
	"github.com/targetprop/targetprop/bench/internal/table"
)

// TestFigures: what two threads do is compared with one, and with what their peaks do.
func TestFigures(t *testing.T) {
	row := func(threads int, ours, peak, theirs time.Duration) table.Row {
		cell := func(column string, role table.Role, d time.Duration) table.Cell {
			return table.Cell{Column: column, Role: role, Work: 1, Series: measure.Series{Samples: []measure.Sample{{Calls: 1, Time: d}}}}
		}
		c := cell("AVX2", table.Ours, ours)
		c.Bounds = []table.Bound{{Column: "peak", Work: 1}}
		return table.Row{Name: rowName(threads), Threads: threads, Cells: []table.Cell{c, cell(yardstickColumn, table.Peer, theirs), cell("peak", table.Limit, peak)}}
	}
	section := &table.Section{Rows: []table.Row{row(1, 100, 80, 150), row(2, 50, 50, 100)}}
	got := figures("", section, []int{1, 2}, rowName, map[string]float64{allocationKey("AVX2", 2): 3})
	want := [][]string{
		{"2 threads ÷ 1", "2.00", "1.50"},
		{"FMA peak, 2 threads ÷ 1", "1.60", "–"},
		{"÷ yardstick, threads: 1", "1.50", "1.00"},
		{"FMA peak ÷ yardstick, threads: 1", "1.88", "–"},
		{"÷ yardstick, threads: 2", "2.00", "1.00"},
		{"FMA peak ÷ yardstick, threads: 2", "2.00", "–"},
		{"allocations a step, threads: 1", "–", "–"},
		{"allocations a step, threads: 2", "3", "–"},
	}
	if !slices.EqualFunc(got.Rows, want, slices.Equal) {
		t.Errorf("%q, want %q", got.Rows, want)
	}
}

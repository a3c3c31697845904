// Package report writes what was measured.
package report

import (
	"bufio"
	"fmt"
	"io"
	"math"
	"strings"
	"unicode/utf8"

	"github.com/targetprop/targetprop/bench/internal/table"
)

// Style is how a Markdown report looks.
type Style struct {
	Spread bool // with the lowest and highest rate of each cell
}

// Markdown writes the report as tables.
func Markdown(w io.Writer, r table.Report, style Style) error {
	out := bufio.NewWriter(w)
	fmt.Fprintf(out, "# Benchmark\n\n")
	for _, f := range r.Head {
		fmt.Fprintf(out, "- %s: %s\n", f.Name, f.Value)
	}
	for _, s := range r.Sections {
		if len(s.Rows) > 0 {
			style.section(out, s)
		}
	}
	return out.Flush()
}

func (style Style) section(out io.Writer, s *table.Section) {
	fmt.Fprintf(out, "\n## %s\n\n", s.Title)
	if s.About != "" {
		fmt.Fprintf(out, "%s\n\n", s.About)
	}
	grid, skipped := style.grid(s)
	writeGrid(out, grid)
	for _, e := range s.Extra {
		fmt.Fprintf(out, "\n%s:\n\n", e.Title)
		writeGrid(out, append([][]string{e.Header}, e.Rows...))
	}
	if remarks := append(skipped, s.Remark...); len(remarks) > 0 {
		fmt.Fprintln(out)
		for _, remark := range remarks {
			fmt.Fprintf(out, "- %s\n", remark)
		}
	}
}

// grid is a section as text, its first row the heading, and the reasons for the
// cells that are empty.
func (style Style) grid(s *table.Section) (grid [][]string, skipped []string) {
	columns := s.Columns()
	nearest, kernels := severalBounds(s), kernelChosen(s)
	heading := []string{s.Unit.Name}
	for _, c := range columns {
		title := c.Column
		if c.Role == table.Limit && c.Unit != s.Unit {
			title += ", " + c.Unit.Name
		}
		heading = append(heading, title)
	}
	if nearest {
		heading = append(heading, "nearest limit")
	}
	for _, c := range s.Compare {
		heading = append(heading, c.Title)
	}
	if s.NoteTitle != "" {
		heading = append(heading, s.NoteTitle)
	}
	if kernels {
		heading = append(heading, "the peers' kernels")
	}
	grid = append(grid, heading)
	for _, r := range s.Rows {
		line := []string{r.Label}
		best, _ := r.Best(table.Baseline, table.Ours, table.Peer)
		for _, column := range columns {
			c, ok := r.Cell(column.Column)
			if ok && c.Series.Skipped != "" && !r.View {
				skipped = append(skipped, fmt.Sprintf("%s, %s: %s.", r.Label, c.Column, c.Series.Skipped))
			}
			line = append(line, style.cell(r, c, c.Column == best.Column))
		}
		if nearest {
			ours, _ := r.Best(table.Ours)
			_, limit := r.Share(ours)
			line = append(line, limit)
		}
		for _, c := range s.Compare {
			line = append(line, comparison(c, r))
		}
		if s.NoteTitle != "" {
			line = append(line, r.Note)
		}
		if kernels {
			line = append(line, kernelsOf(r))
		}
		grid = append(grid, line)
	}
	return grid, skipped
}

// cell is the rate, its share of the nearest limit and its spread.
func (style Style) cell(r table.Row, c table.Cell, best bool) string {
	if !c.Measured() {
		return none
	}
	rate := c.Rate()
	text := number(rate.Median)
	if best {
		text = "**" + text + "**"
	}
	if share, _ := r.Share(c); !math.IsNaN(share) {
		text += " (" + percent(share) + ")"
	}
	if style.Spread {
		text += fmt.Sprintf(" %s..%s", number(rate.Min), number(rate.Max))
	}
	return text
}

func comparison(c table.Comparison, r table.Row) string {
	ratio, column := c.Of(r)
	if math.IsNaN(ratio) {
		return none
	}
	if c.Against != table.Peer {
		return number(ratio)
	}
	return fmt.Sprintf("%s (%s)", number(ratio), column)
}

// severalBounds tells whether some cell could be held back by one limit or by
// another.
func severalBounds(s *table.Section) bool {
	for _, r := range s.Rows {
		for _, c := range r.Cells {
			if len(c.Bounds) > 1 {
				return true
			}
		}
	}
	return false
}

func kernelChosen(s *table.Section) bool {
	for _, r := range s.Rows {
		if kernelsOf(r) != "" {
			return true
		}
	}
	return false
}

func kernelsOf(r table.Row) string {
	var kernels []string
	for _, c := range r.Cells {
		if c.Kernel != "" {
			kernels = append(kernels, c.Column+": "+c.Kernel)
		}
	}
	return strings.Join(kernels, ", ")
}

// writeGrid writes a Markdown table whose columns line up as plain text too.
// The first row is the heading.
func writeGrid(out io.Writer, grid [][]string) {
	widths := make([]int, len(grid[0]))
	for _, line := range grid {
		for i, text := range line {
			widths[i] = max(widths[i], utf8.RuneCountInString(text))
		}
	}
	for n, line := range grid {
		for i, text := range line {
			fmt.Fprintf(out, "| %s%s ", text, strings.Repeat(" ", widths[i]-utf8.RuneCountInString(text)))
		}
		fmt.Fprintln(out, "|")
		if n == 0 {
			for _, width := range widths {
				fmt.Fprintf(out, "|%s", strings.Repeat("-", width+2))
			}
			fmt.Fprintln(out, "|")
		}
	}
}

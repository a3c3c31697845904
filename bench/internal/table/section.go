package table

import (
	"cmp"
	"slices"
)

// Section is a table with what belongs to it.
type Section struct {
	Title string
	About string // how to read it
	Unit  Unit   // of its cells, unless they say otherwise

	NoteTitle string // heading of the rows' notes

	// Compare are the columns that compare this project with others.
	Compare []Comparison

	Rows   []Row
	Extra  []Plain
	Remark []string // what does not fit into a cell
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

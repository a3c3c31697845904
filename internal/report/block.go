package report

import "slices"

// Block is a [Paragraph], [Bullets], [Code], [Table] or [Figure].
type Block interface {
	html(w *writer)
	markdown(w *writer)
}

// Paragraph is plain text.
type Paragraph string

// Bullets are short texts in a list.
type Bullets []string

// Code is text to be copied, as a command.
type Code string

// Table is a table with a caption. Rows[i][0] is a heading of row i.
type Table struct {
	Caption string
	Header  []string
	Rows    [][]string
	// Text are the columns that hold words and go to the left; numbers go to the
	// right.
	Text []int
	// Badges are the kinds, good, partly or bad, of cells with these words, or that begin
	// with them and a colon. On a narrow screen each row of such a table is a card.
	Badges map[string]string
	// Marked are rows that stand out.
	Marked []int
}

// text tells whether column i holds words.
func (t Table) text(i int) bool { return i == 0 || slices.Contains(t.Text, i) }

// Figure is a picture with a caption. The HTML page has it inside; Markdown
// names File, relative to itself.
type Figure struct {
	Caption string
	File    string
	PNG     []byte
	// Data is a file with the numbers, for a link beside the caption in Markdown;
	// the page only names it.
	Data string
}

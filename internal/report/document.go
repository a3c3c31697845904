package report

// Document is a report.
type Document struct {
	Title    string
	Sections []Section
}

// Section is a part of a document with a heading. ID is its anchor.
type Section struct {
	ID, Title string
	Blocks    []Block
}

// Block is a [Paragraph], [Bullets], [Code], [Table] or [Figure].
type Block interface {
	html(w *htmlWriter)
	markdown(w *markdownWriter)
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
	// Marked are rows that stand out.
	Marked []int
}

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

// Add appends blocks to the section.
func (s *Section) Add(blocks ...Block) { s.Blocks = append(s.Blocks, blocks...) }

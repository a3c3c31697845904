package report

// Section is a part of a document with a heading. ID is its anchor.
type Section struct {
	ID, Title string
	Blocks    []Block
}

// Add appends blocks to the section.
func (s *Section) Add(blocks ...Block) { s.Blocks = append(s.Blocks, blocks...) }

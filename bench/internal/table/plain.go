package table

// Plain is a small table of text.
type Plain struct {
	Title  string
	Header []string
	Rows   [][]string
}

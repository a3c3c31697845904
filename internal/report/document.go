package report

// Document is a report.
type Document struct {
	Title    string
	Lead     string // what it comes to, in a sentence
	Sections []Section
}

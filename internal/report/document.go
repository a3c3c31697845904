package report

// Document is a report.
type Document struct {
	Title    string
	Sections []Section
}

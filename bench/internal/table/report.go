// Package table is the model of the benchmark's report: sections of rows of
// measured cells, and the figures that follow from them. How they look is the
// business of package report.
package table

// Report is everything that was measured.
type Report struct {
	Head     []Fact // on the machine and the programs
	Sections []*Section
}

// Fact is a line of the report's head.
type Fact struct{ Name, Value string }

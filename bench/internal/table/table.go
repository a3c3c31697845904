// Package table is the model of the benchmark's report: sections of rows of
// measured cells, and the figures that follow from them. How they look is the
// business of package report.
package table

import "github.com/targetprop/targetprop/bench/internal/measure"

// Unit is what a rate counts: work for each nanosecond, times Scale.
type Unit struct {
	Name  string
	Scale float64
}

// The units.
var (
	GFLOPs   = Unit{"GFLOP/s", 1}
	GBytes   = Unit{"GB/s", 1}
	Elements = Unit{"elements/ns", 1}
	Images   = Unit{"images/s", 1e9}
)

// Role is what a column is there for.
type Role int

// The roles, in the order of their columns.
const (
	Baseline Role = iota // this project in plain Go
	Ours                 // this project
	Peer                 // another library
	Limit                // what the machine can do
)

// Report is everything that was measured.
type Report struct {
	Head     []Fact // on the machine and the programs
	Sections []*Section
}

// Fact is a line of the report's head.
type Fact struct{ Name, Value string }

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

// Plain is a small table of text.
type Plain struct {
	Title  string
	Header []string
	Rows   [][]string
}

// Row is an operation on one shape.
type Row struct {
	// Name is in the manner of Go's benchmarks, without "Benchmark":
	// "Affine/op=softplus/m=100/k=784/n=1000".
	Name  string
	Label string // in a table: "softplus 100 x 784 x 1000"
	Note  string // in a column of its own, if the section has a heading for it

	Threads int // 0 is one

	// The floating-point operations of a call and the bytes that it must move
	// at least, for the roofline; 0 where that says nothing.
	Flops, Bytes float64

	// View marks a second look at what another row measured.
	View bool

	Cells []Cell
}

// Cell is one way to do a row's work.
type Cell struct {
	Column string
	Impl   string // name in a benchmark line
	Role   Role
	Unit   Unit
	Work   float64 // of a call
	Series measure.Series

	Bounds []Bound // what holds it back

	// Kernel is the implementation that a peer chose for the row.
	Kernel string
}

// Bound holds a cell against a limit of its row.
type Bound struct {
	Column string  // of the limit
	Work   float64 // of a call of the cell, in the limit's unit
}

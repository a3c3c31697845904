package plan

import (
	"fmt"
	"strings"

	"github.com/targetprop/targetprop/internal/simd/isa"
	"github.com/targetprop/targetprop/internal/view"
)

// MapProblem is an affine map act(x W + b) of some rows, and what its epilogue does to the
// results while they are near.
type MapProblem struct {
	ISA     isa.ISA
	Size    int // bytes of an element
	Threads int
	Rows    int // of x
	Inputs  int
	Outputs int
	SumRows bool // something adds up along the rows of the result: threads may not divide the columns
}

// Map is how an affine map is computed.
type Map struct {
	Share    Share
	Part     int  // ByRows: how many rows a thread takes at a time
	Unit     int  // ByRows: the rows that threads do not divide
	X        Left // InPlace or InColumns
	Prefetch bool // tiles fetch the rows that the epilogue reads and writes, which the near caches do not hold
}

// OfMap makes the plan of an affine map with no empty side.
func OfMap(p *MapProblem) Map {
	const near = 1 << 20 // bytes that the near caches hold beside other things
	panel := view.Line / p.Size
	m := Map{Unit: 1, Part: p.Rows, Prefetch: p.ISA.PrefetchPanels() > 0 && (p.Inputs+1+p.Rows)*p.Outputs*p.Size > near}
	rows, columns := p.Rows, p.Outputs
	switch {
	case p.Threads == 1:
	case p.Rows < isa.MaxTileRows*p.Threads && !p.SumRows: // too few to fill a tile each
		m.Share = ByColumns
		columns = min(columns, view.RoundUp((columns+p.Threads-1)/p.Threads, panel))
	case p.Rows <= isa.CallRows*p.Threads:
		m.Share = ByRows
		m.Part = (p.Rows + p.Threads - 1) / p.Threads
		rows = m.Part
	default:
		m.Share = ByRows
		m.Unit = p.ISA.TileRows(panel, 2*panel)
		m.Part = isa.CallRows / m.Unit * m.Unit
		rows = m.Part
	}
	if p.inColumns(panel, rows, columns) {
		m.X = InColumns
	}
	return m
}

// OfBack makes the plan of a map back, d W^T, with no empty side. Inputs and Outputs are those
// of the product: the columns of d and the rows of W. Threads divide the columns, so that each
// transposes a part of W only.
func OfBack(p *MapProblem) Map {
	alone := *p
	alone.Threads = 1
	m := OfMap(&alone)
	m.X = InPlace // a few columns at a time would not repay what it takes to lay out
	if p.Threads > 1 {
		m.Share = ByColumns
	}
	return m
}

// BackColumns is how many columns of a map back, of so many rows, are transposed at a time:
// those of a tile, since the second-level cache holds the delta too.
func BackColumns(i isa.ISA, panel, rows int) int {
	return view.RoundUp(i.TileColumns(panel, rows, ColumnsUnit(panel)), panel)
}

// inColumns tells whether the input for a part of the result, of so many rows and columns,
// is laid out. From 20 panels of outputs on it pays. With few examples it pays only if
// tiles fetch weights meanwhile that the second-level cache does not hold. With an input
// that this cache does not hold it pays from 12 panels on. With few inputs it never pays:
// tiles of 4 panels then cost less, since they call the epilogue half as often.
func (p *MapProblem) inColumns(panel, rows, columns int) bool {
	const (
		fewInputs   = 128
		farWeights  = 3 << 19 // bytes
		largeInput  = 1 << 20 // bytes
		fewerPanels = 12      // of the result, for a large input
	)
	switch {
	case p.Inputs < fewInputs || !CanLayOut(p.ISA, rows, p.Inputs):
		return false
	case rows <= fewRows:
		return p.Inputs*columns*p.Size >= farWeights
	case p.Rows*p.Inputs*p.Size >= largeInput:
		return columns >= fewerPanels*panel
	default:
		return columns >= columnsPanels*panel
	}
}

// MapColumns is the columns of a map's first tile, by which its rows are divided.
func (m *Map) MapColumns(i isa.ISA, panel, rows, columns int) int {
	if m.X == InColumns {
		return 2 * panel
	}
	return i.TileColumns(panel, rows, columns)
}

// Batch is how many of n rows are computed at a time, for tiles of so many columns. It is
// about the same number each time, rounded up to whole tiles if a call has room for them:
// a tile of 2 rows of AVX2, for one, takes as long as one of 4.
func Batch(i isa.ISA, panel, n, columns int) int {
	size := view.Evenly(n, isa.CallRows)
	if size == n {
		return n
	}
	if whole := view.RoundUp(size, i.TileRows(panel, columns)); whole <= isa.CallRows {
		return whole
	}
	return size
}

// String says everything that was decided.
func (m Map) String() string {
	text := fmt.Sprintf("map, %v, x %v", m.Share, strings.TrimPrefix(m.X.String(), "A "))
	if m.Share == ByRows {
		text += fmt.Sprintf(", %d rows at a time", m.Part)
	}
	if m.Prefetch {
		text += ", states fetched ahead"
	}
	return text
}

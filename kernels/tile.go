package kernels

import "sync"

// maxTileRows is the most rows of a tile, which is what a product computes at a
// time.
const maxTileRows = 16

// tileColumns is the columns of the next tile of a matrix of that many rows, where
// so many columns are left. Narrow tiles at the end save work. Wide ones spare AVX-512
// broadcasts, and a single row's chains would wait for themselves otherwise.
func (i ISA) tileColumns(rows, left int) int {
	switch {
	case left >= mostColumns && (i == AVX512 || i == AVX2 && rows == 1):
		return mostColumns
	case i == AVX512 && left > 2*Panel && left <= widerColumns:
		return left
	case i == AVX512 && left > Panel:
		return min(left, 2*Panel)
	case i == AVX2 && left < Panel:
		return min(left, Panel/2)
	default:
		return min(left, Panel)
	}
}

// alongRow is how many of the columns that are left a kernel for a single row computes
// one after the other, 64 at a time: as many as do not keep it busy for long, since
// assembly cannot be interrupted.
func alongRow(k, left int) int {
	return max(1, min(left, callElements/k)/mostColumns) * mostColumns
}

// callElements is how many elements of a matrix a call reads for a vector or a few, about:
// 20 microseconds from memory.
const callElements = 1 << 16

// The columns of the widest tiles, and of a tile that spares a narrow one.
const (
	mostColumns  = 4 * Panel
	widerColumns = 2*Panel + Panel/2
)

// tileRows is the most rows of a tile of that many columns: the registers of the
// instruction set hold it.
func (i ISA) tileRows(columns int) int {
	switch {
	case columns == mostColumns:
		return 6 // AVX-512's; AVX2 has single rows only
	case columns > 2*Panel:
		return 9
	case i == AVX512 && columns > Panel:
		return 14
	case i == AVX2 && columns <= Panel/2:
		return 13
	case i == AVX2 || i == NEON:
		return 6
	default:
		return maxTileRows
	}
}

// fetchingColumns is the columns of the tiles whose kernels fetch what is ahead.
func (i ISA) fetchingColumns() int {
	switch i {
	case AVX512:
		return 2 * Panel
	case AVX2:
		return Panel
	default:
		return 0
	}
}

// evenly is the size of the parts into which something is divided: the least that
// needs no more of them than the most allowed. 100 rows are 7 tiles of 13 and one
// of 9, not 7 of 14 and one of 2.
func evenly(n, most int) int {
	if n <= most {
		return n // without the divisions, which a small product would feel
	}
	parts := (n + most - 1) / most
	return (n + parts - 1) / parts
}

// batch is how many of n rows of so many columns are done at a time: about the same
// number each time but, if there is room, whole tiles. A tile of 2 rows of AVX2, for
// one, takes as long as one of 4.
func (i ISA) batch(n, most, columns int) int {
	size := evenly(n, most)
	if size == n {
		return n
	}
	if whole := roundUp(size, i.tileRows(columns)); whole <= most {
		return whole
	}
	return size
}

// tilesAnyWidth tells whether tiles touch only their columns; otherwise they are
// always of 16 columns.
func (i ISA) tilesAnyWidth() bool { return i != NEON }

// tileArgs is the argument of a column of tiles: rows x columns of
//
//	c[i][j] = init[i][j] + sum over p < k of a[i][p]*b[p][j]
//
// as one chain of fused multiply-adds over p, ascending, from init, which may
// be c. The columns are those that tileColumns returns, for as many rows, or alongRow. Drivers
// set only the fields that differ from one to the next, which is cheaper than a new
// argument.
type tileArgs struct {
	rows, columns, k int
	a                operandA
	b, init, c       panels
	ahead            []ahead // in this order, mostAhead at most
	soon             int     // how many steps ahead rows of b are fetched too, or 0
	onward           int     // instead, for a single row of 64 columns or more: how many columns further on, or 0
}

const mostAhead = 4

// How many steps ahead rows of b are fetched. Of a matrix whose rows are pages apart, the
// first-level cache could not hold many more.
const (
	soonSteps        = 16
	soonStepsInPlace = 8
)

// height is the rows of the tiles.
func (t *tileArgs) height(isa ISA) int {
	if t.a.isInColumns() {
		return min(t.a.k, t.rows)
	}
	return evenly(t.rows, isa.tileRows(t.columns))
}

// ahead is what will be needed when a tile is done: rows as wide as it. Those of the
// next tile are step floats further on.
type ahead struct {
	panels
	rows, step int
}

// set sets the fields. See tile for why one by one.
func (a *ahead) set(data []float32, next, row, rows int) {
	a.data, a.next, a.row, a.rows, a.step = data, next, row, rows, rows*row
}

// aheadOf is a row for each of a tile's.
func aheadOf(p panels, height int) (a ahead) {
	a.set(p.data, p.next, p.row, height)
	return a
}

// fetches tells whether the kernel of the tiles fetches what is ahead.
func (t *tileArgs) fetches(isa ISA) bool {
	return t.columns == isa.fetchingColumns() && (isa != AVX512 || t.a.row == 1)
}

// share appends what each tile of the column is to fetch of the panels that the next
// column multiplies by, so that all do it: the last-level cache alone would keep the
// first tile of a column waiting. With one tile or two it is too much for them.
func (t *tileArgs) share(isa ISA, list []ahead, next panels) []ahead {
	height := t.height(isa)
	if !t.fetches(isa) || t.rows <= 2*height {
		return list
	}
	return append(list, aheadOf(next, shareOf(t.k, height, t.rows)))
}

// shareOf is how many of k rows each tile of a column of rows fetches for all to be
// fetched.
func shareOf(k, height, rows int) int { return (k*height + rows - 1) / rows }

// operandA is the left matrix of a tile: element (i, p) is data[i*row+p*k]. The next
// tile's begins with the next row or, if it is laid out, next floats further on.
type operandA struct {
	data         []float32
	row, k, next int
}

// panels is as many panels as a tile is wide: element (i, j) of panel q is
// data[q*next+i*row+j].
type panels struct {
	data      []float32
	next, row int
}

// tileBuffer holds bufferRows rows of tiles.
type tileBuffer [bufferRows * mostColumns]float32

// bufferRows is some tiles of each kind, so that they and what is done with them
// cost a call only now and then (28 KB at most). Assembly cannot be interrupted: with 1000
// inputs and 64 columns a call takes some 120 microseconds.
const bufferRows = 8 * 14

// tileBuffers spares clearing one, as long as a small map takes.
var tileBuffers = sync.Pool{New: func() any { return new(tileBuffer) }}

// side is panels side by side in rows.
func (t *tileBuffer) side(columns int) panels { return panels{t[:], Panel, roundUp(columns, Panel)} }

// apart is panels one after the other.
func (t *tileBuffer) apart() panels { return panels{t[:], bufferRows * Panel, Panel} }

// from is the panels of p from the given row and column on.
func (p Packed) from(row, column int) panels {
	return panels{p.Data[p.Index(row, column):], p.Rows * Panel, Panel}
}

// repeated is the given row of p from a column on, for every row.
func (p Packed) repeated(row, column int) panels {
	return panels{p.Data[p.Index(row, column):], p.Rows * Panel, 0}
}

var zeroPanel [Panel]float32

// zeroPanels is zeros for every row.
func zeroPanels() panels { return panels{zeroPanel[:], 0, 0} }

// tileGeneric defines the tiles.
func tileGeneric(t *tileArgs) {
	for q := 0; q*Panel < t.columns; q++ {
		for i := range t.rows {
			acc := t.c.data[q*t.c.next+i*t.c.row:][:min(Panel, t.columns-q*Panel)]
			copy(acc, t.init.data[q*t.init.next+i*t.init.row:])
			for p := range t.k {
				x := t.a.data[i*t.a.row+p*t.a.k]
				for j, w := range t.b.data[q*t.b.next+p*t.b.row:][:len(acc)] {
					s := float64(x)*float64(w) + float64(acc[j])
					if fmaHard(s) { // see fma32, which does not inline
						acc[j] = fma32Slow(x, w, acc[j])
						continue
					}
					acc[j] = float32(s)
				}
			}
		}
	}
}

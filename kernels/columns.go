package kernels

import "fmt"

// Tiles of AVX-512 take fewer operations if the elements of a column of their left
// matrix are adjacent (gen/tile). So the left matrix of a product that is large enough
// is laid out anew: the rows of each tile become columns, one tile after the other.
// In the product x^T d of a gradient they are adjacent in x already; there it is lines and
// pages that are spared.

// Columns is a B x K matrix x that is laid out for the products x^T d of a gradient: the
// columns that a tile needs lie together. [Engine.NewColumns] makes one, [Engine.LayOut]
// fills it.
type Columns struct {
	Rows, Cols int
	data       []float32
	height     int // columns that lie together: (i, j) is data[(j/height*Rows+i)*height+j%height]
}

// NewColumns returns a zero matrix, for an engine of this instruction set.
func (e *Engine) NewColumns(rows, cols int) Columns {
	c := e.isa.columns(rows, cols)
	c.data = alignedFloats(c.size())
	return c
}

// LayOut copies x, R x K, to the rows of dst from first on, of which there must be R. Other
// rows may be laid out at the same time.
func (e *Engine) LayOut(dst Columns, first int, x Matrix) {
	x.checkData("the matrix to lay out")
	dst.check(e.isa, "the laid out matrix")
	if first < 0 || first+x.Rows > dst.Rows || x.Cols != dst.Cols {
		panic(fmt.Sprintf("kernels: %d x %d elements do not fit into %d x %d from row %d on", x.Rows, x.Cols, dst.Rows, dst.Cols, first))
	}
	dst.layOut(e.isa, first, x)
}

// columns is such a matrix without data. Where there are few columns, or it is not known to
// help, all lie together.
func (i ISA) columns(rows, cols int) Columns {
	c := Columns{Rows: rows, Cols: cols, height: cols}
	if (i == AVX512 || i == AVX2) && cols > maxTileRows {
		c.height = i.columnsHeight(cols)
	}
	return c
}

// size is the length of data.
func (c Columns) size() int { return c.Rows * roundUp(c.Cols, max(1, c.height)) }

// together tells whether all columns lie together: as in a matrix without a stride.
func (c Columns) together() bool { return c.height == c.Cols }

// streams is how many rows a core follows by itself and fetches from before they are asked for.
const streams = 32

func (c Columns) layOut(isa ISA, first int, x Matrix) {
	if x.Rows == 0 {
		return
	}
	some := evenly(x.Rows, streams)
	for i := 0; i < x.Rows; i += some {
		rows := min(some, x.Rows-i)
		for j := 0; j < c.Cols; j += c.height {
			copyBlock(isa, rows, min(c.height, c.Cols-j), block{x.Data[i*x.Stride+j:], x.Stride}, block{c.data[j*c.Rows+(first+i)*c.height:], c.height})
		}
	}
}

// operand is the transpose as the left matrix of a product.
func (c Columns) operand() operandA {
	if c.together() {
		return operandA{data: c.data, row: 1, k: c.Cols}
	}
	return columnsOf(c.data, c.height, c.Rows)
}

// check panics unless c is as [Engine.NewColumns] makes it.
func (c Columns) check(isa ISA, what string) {
	if c.Rows < 0 || c.Cols < 0 || len(c.data) < c.size() || c.height != isa.columns(c.Rows, c.Cols).height {
		panic(fmt.Sprintf("kernels: %s is not what NewColumns returns for %d x %d on this engine", what, c.Rows, c.Cols))
	}
}

// transposedRows is how many rows transpose reads, transposedCols how many columns it
// needs at least.
const (
	transposedRows = 16
	transposedCols = 4
)

// columnsFrom is the columns of a product from which laying out its left matrix costs
// less than it saves, if nothing else decides: 0.3 cycles an element, and some hundredths
// of the time.
const columnsFrom = 320

// canLayOut tells whether the left matrix of a product, m x k, can be laid out. There must
// be the rows that transpose reads, and one more: 17 rows are tiles of 9, which is more than
// half of those of the tallest kernel (see tall in gen/tile).
func (i ISA) canLayOut(m, k int) bool {
	return i == AVX512 && m > transposedRows && k >= transposedCols
}

// columnsHeight is the rows of the tiles for which m rows are laid out.
func (i ISA) columnsHeight(m int) int { return evenly(m, i.tileRows(2*Panel)) }

// columnsOf is the operand of rows of k floats that are laid out for tiles of that
// height; the last tile has room for as many rows.
func columnsOf(data []float32, height, k int) operandA {
	return operandA{data: data, row: 1, k: height, next: height * k}
}

// toColumns lays the rows first to first+rows-1 of the m in x out.
func toColumns(isa ISA, x block, m, first, rows, height, k int, dst []float32) operandA {
	for row := 0; row < rows; row += height {
		// Rows behind the last one are none to read: rather some before these.
		from := min(first+row, m-transposedRows)
		transpose(isa, first+row-from, min(height, rows-row), k, x.data[from*x.stride:], x.stride, dst[row*k:], height)
	}
	return columnsOf(dst, height, k)
}

// isInColumns tells whether the operand is laid out.
func (a operandA) isInColumns() bool { return a.next != 0 }

// batch is ISA.batch for rows that a buffer holds; of an operand that is laid out, whole
// tiles.
func (a operandA) batch(isa ISA, n, columns int) int {
	if a.isInColumns() {
		return min(n, bufferRows-bufferRows%a.k)
	}
	return isa.batch(n, bufferRows, columns)
}

// tileColumns is ISA.tileColumns, but that tiles are for 2 panels at most where the
// elements of a column are adjacent.
func (a operandA) tileColumns(isa ISA, rows, left int) int {
	if isa == AVX512 && a.row == 1 && rows > 1 {
		left = min(left, 2*Panel)
	}
	return isa.tileColumns(rows, left)
}

// transposeGeneric defines transpose: dst[p*step+i] = src[(skip+i)*stride+p] for i <
// rows and p < cols. transpose may read all of transposedRows rows.
func transposeGeneric(skip, rows, cols int, src []float32, stride int, dst []float32, step int) {
	for i := range rows {
		for p, x := range src[(skip+i)*stride:][:cols] {
			dst[p*step+i] = x
		}
	}
}

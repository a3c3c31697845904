package kernels

// Tiles of AVX-512 take fewer operations if the elements of a column of their left
// matrix are adjacent (gen/tile). So the left matrix of a product that is large enough
// is laid out anew: the rows of each tile become columns, one tile after the other.

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

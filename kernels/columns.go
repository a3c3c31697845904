package kernels

// A tile whose elements of a column of A are adjacent takes fewer operations of a core
// (gen/tile). So the left matrix of a product with many columns is laid out anew first:
// the rows of each tile become columns, one after the other.

// transposedRows is how many rows transpose reads.
const transposedRows = 16

// transposedCols is how many columns it needs at least.
const transposedCols = 4

// laidOutFor is the columns of a product from which laying out its left matrix costs
// less than it saves, at 0.2 cycles an element and a few hundredths of a product's time.
const laidOutFor = 256

// laysOut tells whether the left matrix, m x k, of a product with n columns is laid
// out for its tiles. With so many rows all tiles have more than half of the rows of any
// kernel for so many columns or fewer.
func (i ISA) laysOut(m, k, n int) bool {
	return i == AVX512 && m > maxTileRows && k >= transposedCols && n >= laidOutFor
}

// layoutHeight is the rows of the tiles for which m rows are laid out.
func (i ISA) layoutHeight(m int) int { return evenly(m, i.tileRows(2*Panel)) }

// layoutLength is the floats of m rows of k that are laid out: tiles of the same size.
func (i ISA) layoutLength(m, k int) int { return roundUp(m, i.layoutHeight(m)) * k }

// laidOut is the operand of m rows of k floats that layOut has written to data.
func (i ISA) laidOut(m, k int, data []float32) operandA {
	height := i.layoutHeight(m)
	return operandA{data: data, row: 1, k: height, next: height * k}
}

// layOut lays out m rows of k floats, in dst.
func (i ISA) layOut(m, k int, src block, dst []float32) operandA {
	a := i.laidOut(m, k, dst)
	height := a.k
	for row := 0; row < m; row += height {
		// Rows behind the last one are none to read: rather some before these.
		first := min(row, m-transposedRows)
		transpose(i, row-first, min(height, m-row), k, src.data[first*src.stride:], src.stride, dst[row*k:], height)
	}
	return a
}

// isLaidOut tells whether the rows of each tile are columns, one after the other.
func (a operandA) isLaidOut() bool { return a.next != 0 }

// tileColumns is ISA.tileColumns, where tiles of 2 panels at most are for rows of which
// the elements of a column are adjacent.
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

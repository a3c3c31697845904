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
// out for its tiles.
func (i ISA) laysOut(m, k, n int) bool {
	return i == AVX512 && m >= transposedRows && k >= transposedCols && n >= laidOutFor
}

// layOut lays out m rows of k floats for tiles of 2 panels, in dst, which has room for
// layoutLength floats.
func layOut(isa ISA, m, k int, src block, dst []float32) operandA {
	height := evenly(m, isa.tileRows(2*Panel))
	for i := 0; i < m; i += height {
		// Rows behind the last one are none to read: rather some before these.
		first := min(i, m-transposedRows)
		transpose(isa, i-first, min(height, m-i), k, src.data[first*src.stride:], src.stride, dst[i*k:], height)
	}
	return operandA{data: dst, row: 1, k: height, next: height * k}
}

// layoutLength is the floats that layOut needs.
func (i ISA) layoutLength(m, k int) int { return roundUp(m, evenly(m, i.tileRows(2*Panel))) * k }

// transposeGeneric defines transpose: dst[p*step+i] = src[(skip+i)*stride+p] for i <
// rows and p < cols. transpose may read all of transposedRows rows.
func transposeGeneric(skip, rows, cols int, src []float32, stride int, dst []float32, step int) {
	for i := range rows {
		for p, x := range src[(skip+i)*stride:][:cols] {
			dst[p*step+i] = x
		}
	}
}

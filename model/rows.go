package model

import "github.com/targetprop/targetprop/kernels"

// Rows are the rows of a matrix as examples.
type Rows struct{ kernels.Matrix }

// Len is the number of rows.
func (r Rows) Len() int { return r.Rows }

// Dim is the number of columns.
func (r Rows) Dim() int { return r.Cols }

// Read copies row i to dst.
func (r Rows) Read(i int, dst []float32) { copy(dst, r.Row(i)) }

// readRows reads the examples first to first+m.Rows-1 to the rows of m.
func readRows(m kernels.Matrix, data Data, first int) {
	for i := range m.Rows {
		data.Read(first+i, m.Row(i))
	}
}

// copyRows copies src to the rows of dst from first on.
func copyRows(dst kernels.Matrix, first int, src kernels.Matrix) {
	for i := range src.Rows {
		copy(dst.Row(first+i), src.Row(i))
	}
}

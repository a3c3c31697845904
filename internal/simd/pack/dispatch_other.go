//go:build !amd64 || purego

package pack

import (
	"github.com/targetprop/targetprop/internal/simd/isa"
	"github.com/targetprop/targetprop/internal/view"
)

// Lines copies the first 4 cache lines of each row of src to four panels: the first element
// of line q of row i goes to dst[q*next+i*step]. Rows of src are stride elements apart.
// There is at least one row.
func Lines[T view.Float](_ isa.ISA, rows int, src []T, stride int, dst []T, next, step int) {
	linesGeneric(rows, src, stride, dst, next, step)
}

// Transpose copies the transpose of some rows of src, from row skip on:
//
//	dst[p*step+i] = src[(skip+i)*stride+p]   for i < rows and p < cols
//
// skip+rows is at most isa.TransposeRows. Other rows may be read too: the first
// isa.TransposeRows rows must be there, or as many as a panel has columns if skip+rows is
// no more.
func Transpose[T view.Float](_ isa.ISA, skip, rows, cols int, src []T, stride int, dst []T, step int) {
	transposeGeneric(skip, rows, cols, src, stride, dst, step)
}

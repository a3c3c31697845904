//go:build !amd64 || purego

package pack

import (
	"github.com/targetprop/targetprop/internal/simd/isa"
	"github.com/targetprop/targetprop/internal/view"
)

// Lines copies 4 lines of each row of src, stride apart: the first element of line q of
// row i goes to dst[q*next+i*step]. There is at least one row.
func Lines[T view.Float](_ isa.ISA, rows int, src []T, stride int, dst []T, next, step int) {
	linesGeneric(rows, src, stride, dst, next, step)
}

// Transpose copies the transpose of rows of src from row skip on: dst[p*step+i] =
// src[(skip+i)*stride+p] for i < rows and p < cols. It may read all of the first
// isa.TransposeRows rows.
func Transpose[T view.Float](_ isa.ISA, skip, rows, cols int, src []T, stride int, dst []T, step int) {
	transposeGeneric(skip, rows, cols, src, stride, dst, step)
}

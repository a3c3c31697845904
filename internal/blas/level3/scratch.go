package level3

import (
	"github.com/targetprop/targetprop/internal/blas/strided"
	"github.com/targetprop/targetprop/internal/simd/isa"
	"github.com/targetprop/targetprop/internal/simd/pack"
	"github.com/targetprop/targetprop/internal/view"
)

// matrix is a matrix of any content in a borrowed buffer. Its rows are an odd number of
// cache lines apart, so that they do not crowd into a part of a cache's sets.
func matrix[T view.Float](b *strided.Buffer[T], rows, cols int) view.Matrix[T] {
	panel := view.Panel[T]()
	stride := (view.RoundUp(cols, panel)/panel | 1) * panel
	return view.Matrix[T]{Rows: rows, Cols: cols, Data: b.Take(rows * stride), Stride: stride}
}

// turn copies the transpose of a matrix.
func turn[T view.Float](i isa.ISA, from, to view.Matrix[T]) {
	whole := from.Rows - from.Rows%view.Panel[T]() // the kernels read whole panels
	if whole > 0 {
		pack.Transpose(i, 0, whole, from.Cols, from.Data, from.Stride, to.Data, to.Stride)
	}
	if whole < from.Rows {
		pack.Turn(from.Rows-whole, from.Cols, from.Data[whole*from.Stride:], from.Stride, to.Data[whole:], to.Stride)
	}
}

package level3

import (
	"github.com/targetprop/targetprop/internal/blas/strided"
	"github.com/targetprop/targetprop/internal/view"
)

// matrix is a matrix of any content in a borrowed buffer. Its rows are an odd number of
// cache lines apart, so that they do not crowd into a part of a cache's sets.
func matrix[T view.Float](b *strided.Buffer[T], rows, cols int) view.Matrix[T] {
	panel := view.Panel[T]()
	stride := (view.RoundUp(cols, panel)/panel | 1) * panel
	return view.Matrix[T]{Rows: rows, Cols: cols, Data: b.Take(rows * stride), Stride: stride}
}

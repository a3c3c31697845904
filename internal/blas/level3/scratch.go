package level3

import (
	"sync"

	"github.com/targetprop/targetprop/internal/view"
)

// scratch is the memory of a call on one thread, used again and again.
type scratch[T view.Float] struct{ data []T }

var (
	scratch32 = sync.Pool{New: func() any { return new(scratch[float32]) }}
	scratch64 = sync.Pool{New: func() any { return new(scratch[float64]) }}
)

func scratchPool[T view.Float]() *sync.Pool {
	if view.Size[T]() == 8 {
		return &scratch64
	}
	return &scratch32
}

func getScratch[T view.Float]() *scratch[T]  { return scratchPool[T]().Get().(*scratch[T]) }
func putScratch[T view.Float](s *scratch[T]) { scratchPool[T]().Put(s) }

// matrix is a matrix of any content. Its rows are an odd number of cache lines apart, so
// that they do not crowd into a part of a cache's sets.
func (s *scratch[T]) matrix(rows, cols int) view.Matrix[T] {
	panel := view.Panel[T]()
	stride := (view.RoundUp(cols, panel)/panel | 1) * panel
	return view.Matrix[T]{Rows: rows, Cols: cols, Data: view.Grow(&s.data, rows*stride), Stride: stride}
}

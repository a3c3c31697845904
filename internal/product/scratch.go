package product

import (
	"sync"

	"github.com/targetprop/targetprop/internal/simd/isa"
	"github.com/targetprop/targetprop/internal/view"
)

// scratch is the memory of a product on one thread. Products use it again and again, and
// leave nothing to the garbage collector.
type scratch[T view.Float] struct {
	left, right []T // what is copied of the factors
	tiles       []T // see tileBuffer
	block       block[T]
}

var (
	scratch32 = sync.Pool{New: func() any { return new(scratch[float32]) }}
	scratch64 = sync.Pool{New: func() any { return new(scratch[float64]) }}
)

// scratchPool is the pool for the type.
func scratchPool[T view.Float]() *sync.Pool { return view.ByType[T](&scratch32, &scratch64) }

func getScratch[T view.Float]() *scratch[T]  { return scratchPool[T]().Get().(*scratch[T]) }
func putScratch[T view.Float](s *scratch[T]) { scratchPool[T]().Put(s) }

// tileBuffer holds isa.CallRows rows of the widest tiles.
func (s *scratch[T]) tileBuffer() []T {
	return view.Grow(&s.tiles, isa.CallRows*isa.WidestPanels*view.Panel[T]())
}

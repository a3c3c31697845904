package strided

import (
	"sync"

	"github.com/targetprop/targetprop/internal/view"
)

// Buffer is memory that is used again and again, so that nothing is left to the garbage
// collector.
type Buffer[T view.Float] struct{ memory []T }

var (
	buffers32 = sync.Pool{New: func() any { return new(Buffer[float32]) }}
	buffers64 = sync.Pool{New: func() any { return new(Buffer[float64]) }}
)

func pool[T view.Float]() *sync.Pool { return view.ByType[T](&buffers32, &buffers64) }

// Borrow is a buffer for the caller alone, until he returns it.
func Borrow[T view.Float]() *Buffer[T] { return pool[T]().Get().(*Buffer[T]) }

// Return gives the buffer back. What Take gave is no longer the caller's.
func (b *Buffer[T]) Return() { pool[T]().Put(b) }

// Take is n elements of any value. It ends what an earlier Take gave.
func (b *Buffer[T]) Take(n int) []T { return view.Grow(&b.memory, n) }

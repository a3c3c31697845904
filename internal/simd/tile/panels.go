package tile

import (
	"unsafe"

	"github.com/targetprop/targetprop/internal/view"
)

// Panels is as many panels as a tile is wide: element (i, j) of panel q is
// Data[q*Next+i*Row+j].
type Panels[T view.Float] struct {
	Data      []T
	Next, Row int
}

// From is the panels of p from an element on.
func From[T view.Float](p view.Packed[T], row, column int) Panels[T] {
	return Panels[T]{p.Data[p.Index(row, column):], p.Rows * view.Panel[T](), view.Panel[T]()}
}

var zeros [view.Line / 4]float32

// Zeros is zeros for every row.
func Zeros[T view.Float]() Panels[T] {
	return Panels[T]{unsafe.Slice((*T)(unsafe.Pointer(&zeros)), view.Panel[T]()), 0, 0}
}

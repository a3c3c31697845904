package tile

import (
	"unsafe"

	"github.com/targetprop/targetprop/internal/view"
)

// Panels is an operand as wide as a tile: element (i, j) of panel q is Data[q*Next+i*Row+j].
// A matrix as it is stored has panels too: its next one lies a panel's columns further on.
type Panels[T view.Float] struct {
	Data      []T
	Next, Row int
}

// From is the panels of p from (row, column) on. column begins a panel.
func From[T view.Float](p view.Packed[T], row, column int) Panels[T] {
	return Panels[T]{p.Data[p.Index(row, column):], p.Rows * view.Panel[T](), view.Panel[T]()}
}

// zeros is a line of them.
var zeros [view.Line / 4]float32

// Zeros is zeros for every element of a tile.
func Zeros[T view.Float]() Panels[T] {
	return Panels[T]{unsafe.Slice((*T)(unsafe.Pointer(&zeros)), view.Panel[T]()), 0, 0}
}

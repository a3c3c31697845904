//go:build (!amd64 && !arm64) || purego

package tile

import (
	"github.com/targetprop/targetprop/internal/simd/isa"
	"github.com/targetprop/targetprop/internal/view"
)

// Assembled tells whether there are micro-kernels for this instruction set and type.
func Assembled[T view.Float](isa.ISA) bool { return false }

// Run computes a column of tiles.
func Run[T view.Float](_ isa.ISA, t *Args[T]) { define(t) }

// Small is not called here: nothing is assembled.
func Small[T view.Float](isa.ISA, bool, *view.Matrix[T], *view.Matrix[T], *view.Matrix[T], bool) {
	panic("tile: no micro-kernels")
}

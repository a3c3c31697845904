//go:build !amd64 || purego

package pack

import (
	"github.com/targetprop/targetprop/internal/simd/isa"
	"github.com/targetprop/targetprop/internal/view"
)

// lines is what defines it.
func lines[T view.Float](_ isa.ISA, rows int, src []T, stride int, dst []T, next, step int) {
	linesGeneric(rows, src, stride, dst, next, step)
}

// transpose is what defines it.
func transpose[T view.Float](_ isa.ISA, skip, rows, cols int, src []T, stride int, dst []T, step int) {
	transposeGeneric(skip, rows, cols, src, stride, dst, step)
}

// transposeBlocks is what defines it.
func transposeBlocks(_ isa.ISA, n int, src []float32, next int, dst []float32) {
	transposeBlocksGeneric(n, src, next, dst)
}

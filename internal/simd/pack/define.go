// Package pack copies parts of matrices into the forms that the micro-kernels read. A
// result must not overlap its source.
package pack

import (
	"github.com/targetprop/targetprop/internal/simd/isa"
	"github.com/targetprop/targetprop/internal/view"
)

// linesGeneric defines [Lines].
func linesGeneric[T view.Float](rows int, src []T, stride int, dst []T, next, step int) {
	panel := view.Panel[T]()
	for i := range rows {
		for q := range isa.PackPanels {
			copy(dst[q*next+i*step:][:panel], src[i*stride+q*panel:])
		}
	}
}

// Turn copies the transpose of rows x cols elements: dst[p*step+i] = src[i*stride+p].
func Turn[T view.Float](rows, cols int, src []T, stride int, dst []T, step int) {
	for i := range rows {
		for p, x := range src[i*stride:][:cols] {
			dst[p*step+i] = x
		}
	}
}

// transposeGeneric defines [Transpose].
func transposeGeneric[T view.Float](skip, rows, cols int, src []T, stride int, dst []T, step int) {
	Turn(rows, cols, src[skip*stride:], stride, dst, step)
}

// transposeBlocksGeneric defines [TransposeBlocks].
func transposeBlocksGeneric(n int, src []float32, next int, dst []float32) {
	panel := view.Panel[float32]()
	for b := range n {
		Turn(panel, panel, src[b*next:], panel, dst[b*panel*panel:], panel)
	}
}

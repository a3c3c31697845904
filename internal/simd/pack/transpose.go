package pack

import "github.com/targetprop/targetprop/internal/view"

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

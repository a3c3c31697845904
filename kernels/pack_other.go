//go:build !amd64 || purego

package kernels

func copyParts(_ ISA, rows int, src []float32, stride int, dst []float32, next, step int) {
	copyPartsGeneric(rows, src, stride, dst, next, step)
}

func transpose(_ ISA, skip, rows, cols int, src []float32, stride int, dst []float32, step int) {
	transposeGeneric(skip, rows, cols, src, stride, dst, step)
}

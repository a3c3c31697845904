//go:build !amd64 || purego

package kernels

func gemv(_ ISA, vectors, rows, k int, a []float32, stride int, x []float32, step int, y []float32, next int) {
	gemvGeneric(vectors, rows, k, a, stride, x, step, y, next)
}

//go:build (!amd64 && !arm64) || purego

package kernels

func update(_ ISA, s step, w, grad []float32, m Moments) { updateGeneric(s, w, grad, m) }

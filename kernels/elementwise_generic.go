//go:build (!amd64 && !arm64) || purego

package kernels

func exp(_ ISA, dst, src []float32) { expGeneric(dst, src) }
func log(_ ISA, dst, src []float32) { logGeneric(dst, src) }

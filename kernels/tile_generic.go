//go:build (!amd64 && !arm64) || purego

package kernels

func tile(_ ISA, m, count, k int, a operandA, b, init, c panels) {
	tileGeneric(m, count, k, a, b, init, c)
}

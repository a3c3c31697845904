//go:build (!amd64 && !arm64) || purego

package kernels

func tile(_ ISA, m, n, k int, a operandA, b, init, c panels) {
	tileGeneric(m, n, k, a, b, init, c)
}

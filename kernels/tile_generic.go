//go:build !amd64 || purego

package kernels

func tile(_ ISA, m, count, k int, a operandA, b, init panels, c *tileBuffer) {
	tileGeneric(m, count, k, a, b, init, c)
}

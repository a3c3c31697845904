//go:build !purego

package kernels

import "github.com/targetprop/targetprop/asm"

// tile computes a tile with the kernel of the instruction set. Assembly counts
// in bytes.
func tile(isa ISA, m, n, k int, a operandA, b, init, c panels) {
	if isa != NEON {
		tileGeneric(m, n, k, a, b, init, c)
		return
	}
	asm.Tile6x16NEON(m, k, &a.data[0], uintptr(a.row)*4, uintptr(a.k)*4,
		&b.data[0], uintptr(b.next)*4, uintptr(b.row)*4,
		&init.data[0], uintptr(init.next)*4, uintptr(init.row)*4,
		&c.data[0], uintptr(c.next)*4, uintptr(c.row)*4)
}

//go:build !purego

package kernels

import "github.com/targetprop/targetprop/asm"

// tile computes a tile with the kernel of the instruction set. Assembly counts
// in bytes.
func tile(isa ISA, m, n, k int, a operandA, b, init, c panels) {
	switch {
	case isa == Generic:
		tileGeneric(m, n, k, a, b, init, c)
	case n > Panel:
		asm.Tile14x32AVX512(m, k, &a.data[0], uintptr(a.row)*4, uintptr(a.k)*4,
			&b.data[0], uintptr(b.next)*4, uintptr(b.row)*4,
			&init.data[0], uintptr(init.next)*4, uintptr(init.row)*4,
			&c.data[0], uintptr(c.next)*4, uintptr(c.row)*4)
	case n <= Panel/2:
		asm.Tile13x8AVX2(m, k, &a.data[0], uintptr(a.row)*4, uintptr(a.k)*4,
			&b.data[0], uintptr(b.next)*4, uintptr(b.row)*4,
			&init.data[0], uintptr(init.next)*4, uintptr(init.row)*4,
			&c.data[0], uintptr(c.next)*4, uintptr(c.row)*4, &columnMasks[Panel/2-n])
	case isa == AVX512:
		asm.Tile14x16AVX512(m, k, &a.data[0], uintptr(a.row)*4, uintptr(a.k)*4,
			&b.data[0], uintptr(b.next)*4, uintptr(b.row)*4,
			&init.data[0], uintptr(init.next)*4, uintptr(init.row)*4,
			&c.data[0], uintptr(c.next)*4, uintptr(c.row)*4, 1<<n-1)
	default:
		asm.Tile6x16AVX2(m, k, &a.data[0], uintptr(a.row)*4, uintptr(a.k)*4,
			&b.data[0], uintptr(b.next)*4, uintptr(b.row)*4,
			&init.data[0], uintptr(init.next)*4, uintptr(init.row)*4,
			&c.data[0], uintptr(c.next)*4, uintptr(c.row)*4)
	}
}

// columnMasks holds the masks of 1 to 8 columns: of n from word 8-n on.
var columnMasks = [Panel]uint32{
	0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff,
}

//go:build !purego

package kernels

import "github.com/targetprop/targetprop/asm"

// tile computes a tile with the kernel of the instruction set.
func tile(isa ISA, m, count, k int, a operandA, b, init panels, c *tileBuffer) {
	rs, ks := uintptr(a.row)*4, uintptr(a.k)*4
	const row, second = Panel * 4, maxTileRows * Panel * 4
	switch {
	case isa == AVX512 && count == 2:
		asm.Tile14x32AVX512(m, k, &a.data[0], rs, ks, &b.data[0], uintptr(b.next)*4, row,
			&init.data[0], uintptr(init.next)*4, 0, &c[0], second, row)
	case isa == AVX512:
		asm.Tile14x16AVX512(m, k, &a.data[0], rs, ks, &b.data[0], 0, row, &init.data[0], 0, 0, &c[0], 0, row)
	case isa == AVX2:
		asm.Tile6x16AVX2(m, k, &a.data[0], rs, ks, &b.data[0], 0, row, &init.data[0], 0, 0, &c[0], 0, row)
	default:
		tileGeneric(m, count, k, a, b, init, c)
	}
}

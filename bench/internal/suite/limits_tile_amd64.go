//go:build !purego

package suite

import (
	"unsafe"

	"github.com/targetprop/targetprop/asm/f32"
	"github.com/targetprop/targetprop/kernels"
)

// microKernel is a call of the products' tile for an instruction set, if there is one.
func microKernel(isa kernels.ISA) (flops float64, call func()) {
	const k = 128
	rows, cols, kernel := 14, 2*kernels.Panel, f32.TileColumns14x32AVX512
	switch isa {
	case kernels.AVX512:
	case kernels.AVX2:
		rows, cols, kernel = 6, kernels.Panel, f32.TileColumns6x16AVX2
	default:
		return 0, nil
	}
	a, b, c, zeros := floats(rows*k, unit), aligned(k*cols, unit), aligned(rows*cols, unit), aligned(kernels.Panel, unit)
	clear(zeros)
	tile := f32.Tile{
		M: rows, N: cols, K: k, Each: 1,
		A: unsafe.Pointer(&a[0]), RS: 4, KS: uintptr(rows) * 4,
		B: unsafe.Pointer(&b[0]), B1: k * kernels.Panel * 4, BS: kernels.Panel * 4,
		Init: unsafe.Pointer(&zeros[0]),
		C:    unsafe.Pointer(&c[0]), C1: kernels.Panel * 4, CS: uintptr(cols) * 4,
	}
	return 2 * float64(rows) * float64(cols) * k, func() {
		tile.Tiles = 1
		kernel(&tile)
	}
}

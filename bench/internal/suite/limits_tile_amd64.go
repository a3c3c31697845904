//go:build !purego

package suite

import (
	"github.com/targetprop/targetprop/asm"
	"github.com/targetprop/targetprop/bench/internal/table"
	"github.com/targetprop/targetprop/kernels"
)

// microKernels are the tiles of the products on operands that stay in the first-level
// cache: what a product is left with by the clock under its load, which may be slower
// than that of a loop on registers, and by all that a step takes beside multiply-adds.
func (s *Suite) microKernels() []Entry {
	var entries []Entry
	add := func(e Engine, rows, cols int, kernel func(*asm.Tile)) {
		const k = 128
		a, b, c, zeros := floats(rows*k, unit), aligned(k*cols, unit), aligned(rows*cols, unit), aligned(kernels.Panel, unit)
		clear(zeros)
		tile := asm.Tile{
			M: rows, N: cols, K: k, Each: 1,
			A: &a[0], RS: 4, KS: uintptr(rows) * 4,
			B: &b[0], B1: k * kernels.Panel * 4, BS: kernels.Panel * 4,
			Init: &zeros[0],
			C:    &c[0], C1: kernels.Panel * 4, CS: uintptr(cols) * 4,
		}
		flops := 2 * float64(rows) * float64(cols) * k
		entries = append(entries, limit("micro-kernel "+columns[e.ISA()], table.GFLOPs, flops, each(func() {
			tile.Tiles = 1
			kernel(&tile)
		})))
	}
	for _, e := range s.Engines {
		switch e.ISA() {
		case kernels.AVX512:
			add(e, 14, 2*kernels.Panel, asm.TileColumns14x32AVX512)
		case kernels.AVX2:
			add(e, 6, kernels.Panel, asm.TileColumns6x16AVX2)
		}
	}
	return entries
}

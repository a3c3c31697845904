//go:build !purego

package kernels

import "github.com/targetprop/targetprop/asm"

func tiles(isa ISA, t *asm.Tile) {
	switch isa {
	case AVX512:
		switch {
		case t.N <= Panel/2:
			asm.Tile16x8AVX512(t)
		case t.N <= Panel:
			asm.Tile16x16AVX512(t)
		case t.N < 2*Panel:
			asm.TileMasked14x32AVX512(t)
		case t.N == 2*Panel && t.RS == 4:
			asm.TileColumns14x32AVX512(t)
		case t.N == 2*Panel:
			asm.Tile14x32AVX512(t)
		case t.N < mostColumns:
			asm.Tile9x40AVX512(t)
		case t.M > 1:
			asm.Tile6x64AVX512(t)
		default:
			asm.Tile1x64AVX512(t)
		}
	case AVX2:
		switch {
		case t.N <= Panel/2:
			asm.Tile13x8AVX2(t)
		case t.N >= mostColumns:
			asm.Tile1x64AVX2(t)
		case t.RS == 4 || t.KS != 4: // a single row has any KS
			asm.TileColumns6x16AVX2(t)
		default:
			asm.Tile6x16AVX2(t)
		}
	}
}

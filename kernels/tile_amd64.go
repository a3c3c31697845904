//go:build !purego

package kernels

import "github.com/targetprop/targetprop/asm"

func tiles(isa ISA, t *asm.Tile) {
	switch {
	case isa == AVX512 && t.N == mostColumns && t.M == 1:
		asm.Tile1x64AVX512(t)
	case isa == AVX512 && t.N == mostColumns:
		asm.Tile6x64AVX512(t)
	case t.N == mostColumns:
		asm.Tile1x64AVX2(t)
	case isa == AVX512 && t.N > 2*Panel:
		asm.Tile9x40AVX512(t)
	case isa == AVX512 && t.N > Panel && t.RS == 4:
		asm.TileColumns14x32AVX512(t)
	case isa == AVX512 && t.N > Panel:
		asm.Tile14x32AVX512(t)
	case isa == AVX512 && t.N <= Panel/2:
		asm.Tile16x8AVX512(t)
	case isa == AVX512:
		asm.Tile16x16AVX512(t)
	case t.N <= Panel/2:
		asm.Tile13x8AVX2(t)
	case t.RS == 4 || t.KS != 4: // a single row has any KS
		asm.TileColumns6x16AVX2(t)
	default:
		asm.Tile6x16AVX2(t)
	}
}

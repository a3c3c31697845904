//go:build !purego

package kernels

import (
	"github.com/targetprop/targetprop/asm"
	"github.com/targetprop/targetprop/asm/f32"
)

func tiles(isa ISA, t *asm.Tile) {
	switch isa {
	case AVX512:
		switch {
		case t.N <= Panel/2:
			f32.Tile16x8AVX512(t)
		case t.N <= Panel:
			f32.Tile16x16AVX512(t)
		case t.N < 2*Panel:
			f32.TileMasked14x32AVX512(t)
		case t.N == 2*Panel && t.RS == 4:
			f32.TileColumns14x32AVX512(t)
		case t.N == 2*Panel:
			f32.Tile14x32AVX512(t)
		case t.N < mostColumns:
			f32.Tile9x40AVX512(t)
		case t.M > 1:
			f32.Tile6x64AVX512(t)
		default:
			f32.Tile1x64AVX512(t)
		}
	case AVX2:
		switch {
		case t.N <= Panel/2:
			f32.Tile13x8AVX2(t)
		case t.N >= mostColumns:
			f32.Tile1x64AVX2(t)
		case t.RS == 4 || t.KS != 4: // a single row has any KS
			f32.TileColumns6x16AVX2(t)
		default:
			f32.Tile6x16AVX2(t)
		}
	}
}

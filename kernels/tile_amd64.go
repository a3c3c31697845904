//go:build !purego

package kernels

import "github.com/targetprop/targetprop/asm"

// tile computes a tile with the kernel of the instruction set.
func tile(isa ISA, t *tileArgs) {
	if isa == Generic {
		tileGeneric(t)
		return
	}
	var args asm.Tile
	t.fill(&args)
	switch {
	case t.columns > Panel:
		asm.Tile14x32AVX512(&args)
	case isa == AVX512 && t.columns <= Panel/2:
		asm.Tile16x8AVX512(&args)
	case isa == AVX512:
		asm.Tile16x16AVX512(&args)
	case t.columns <= Panel/2:
		asm.Tile13x8AVX2(&args)
	default:
		asm.Tile6x16AVX2(&args)
	}
}

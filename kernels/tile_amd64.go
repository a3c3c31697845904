//go:build !purego

package kernels

import "github.com/targetprop/targetprop/asm"

// tile computes a column of tiles with the kernel of the instruction set.
func tile(isa ISA, t *tileArgs) {
	if isa == Generic {
		tileGeneric(t)
		return
	}
	if t.rows == 0 {
		return
	}
	height := tileHeight(t.rows, isa.tileRows(t.columns))
	var args asm.Tile
	t.fill(&args, height)
	last := t.rows - args.Tiles*height
	tiles(isa, &args)
	if last > 0 {
		args.M, args.Tiles = last, 1
		tiles(isa, &args)
	}
}

func tiles(isa ISA, t *asm.Tile) {
	switch {
	case t.N > Panel:
		asm.Tile14x32AVX512(t)
	case isa == AVX512 && t.N <= Panel/2:
		asm.Tile16x8AVX512(t)
	case isa == AVX512:
		asm.Tile16x16AVX512(t)
	case t.N <= Panel/2:
		asm.Tile13x8AVX2(t)
	default:
		asm.Tile6x16AVX2(t)
	}
}

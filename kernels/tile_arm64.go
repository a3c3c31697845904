//go:build !purego

package kernels

import "github.com/targetprop/targetprop/asm"

// tile computes a tile with the kernel of the instruction set.
func tile(isa ISA, t *tileArgs) {
	if isa != NEON {
		tileGeneric(t)
		return
	}
	var args asm.Tile
	t.fill(&args)
	asm.Tile6x16NEON(&args)
}

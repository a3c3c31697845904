//go:build !purego

package kernels

import "github.com/targetprop/targetprop/asm"

// tile computes a column of tiles with the kernel of the instruction set.
func tile(isa ISA, t *tileArgs) {
	if isa != NEON {
		tileGeneric(t)
		return
	}
	if t.rows == 0 {
		return
	}
	height := tileHeight(t.rows, isa.tileRows(t.columns))
	part := *t
	for i := 0; i < t.rows; i += height {
		part.rows = min(height, t.rows-i)
		part.a.data, part.init.data, part.c.data = t.a.data[i*t.a.row:], t.init.data[i*t.init.row:], t.c.data[i*t.c.row:]
		var args asm.Tile
		part.fill(&args, part.rows)
		asm.Tile6x16NEON(&args)
	}
}

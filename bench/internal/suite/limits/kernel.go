package limits

import (
	"github.com/targetprop/targetprop/bench/internal/suite/operands"
	"github.com/targetprop/targetprop/internal/simd/isa"
	"github.com/targetprop/targetprop/internal/simd/tile"
	"github.com/targetprop/targetprop/kernels"
)

// Tile is a call of the products' tile for an instruction set whose tiles fetch what comes
// next, nil for another: on operands in the first-level cache, a column of A in one piece.
func Tile(set kernels.ISA) (flops float64, call func()) {
	const k = 128
	i := isa.ISA(set)
	cols := i.PrefetchPanels() * kernels.Panel
	if cols == 0 {
		return 0, nil
	}
	rows := i.TileRows(kernels.Panel, cols)
	a, b, c := operands.Floats(rows*k, operands.Unit), operands.Aligned(k*cols, operands.Unit), operands.Aligned(rows*cols, operands.Unit)
	args := tile.Args[float32]{
		Rows: rows, Columns: cols, K: k, A: tile.InColumns(a, rows, k), Init: tile.Zeros[float32](),
		B: tile.Panels[float32]{Data: b, Next: k * kernels.Panel, Row: kernels.Panel},
		C: tile.Panels[float32]{Data: c, Next: kernels.Panel, Row: cols},
	}
	return 2 * float64(rows) * float64(cols) * k, func() { tile.Run(i, &args) }
}

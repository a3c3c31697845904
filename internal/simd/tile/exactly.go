package tile

import (
	"github.com/targetprop/targetprop/internal/simd/isa"
	"github.com/targetprop/targetprop/internal/view"
)

// RunExactly is [Run] for a C that ends with the tiles: it touches their columns only. Where
// the kernel would touch whole panels, it computes in buffer, of Rows lines, and copies.
func RunExactly[T view.Float](i isa.ISA, t *Args[T], buffer []T) {
	panel := view.Panel[T]()
	if t.Columns%panel == 0 || i.TilesAnyWidth() {
		Run(i, t)
		return
	}
	part, beside := *t, Panels[T]{buffer, 0, panel} // less than a panel
	part.Columns, part.Init, part.C = panel, beside, beside
	for i := range t.Rows {
		copy(buffer[i*panel:][:t.Columns], t.Init.Data[i*t.Init.Row:])
	}
	Run(i, &part)
	for i := range t.Rows {
		copy(t.C.Data[i*t.C.Row:][:t.Columns], buffer[i*panel:])
	}
}

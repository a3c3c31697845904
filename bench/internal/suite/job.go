package suite

import (
	"github.com/targetprop/targetprop/bench/internal/table"
	"github.com/targetprop/targetprop/kernels"
)

// job is the work of one call of a row, and what it needs of the machine at
// least: whatever it needs most of, relative to what the machine has, bounds
// it.
type job struct {
	unit table.Unit
	work float64

	// ofDefinition says that the operations are those of this project's
	// definition. Others may do with fewer, and be less exact.
	ofDefinition bool

	// fma is the multiplications and fused multiply-adds, 2 flops each as the
	// loop counts them that measures the peak. Both need the same units of the
	// processor.
	fma float64

	// operations is all vector operations, multiplications and divisions among them,
	// one for each element, loads and stores excepted: those of AVX-512, which needs
	// the fewest.
	operations float64

	// divide and sqrtDivide are elements that are divided, and of which the
	// root is taken before that.
	divide, sqrtDivide float64

	// streams is the work in the units of limits that move data.
	streams map[string]float64
}

// cell is the cell of a column that works with an instruction set.
func (s *Suite) cell(j job, column, impl string, role table.Role, isa kernels.ISA) table.Cell {
	c := table.Cell{Column: column, Impl: impl, Role: role, Unit: j.unit, Work: j.work}
	bound := func(column string, work float64) {
		if work > 0 {
			c.Bounds = append(c.Bounds, table.Bound{Column: column, Work: work})
		}
	}
	bound(peakColumn(isa), j.fma)
	bound(operationsColumn(isa), j.operations)
	bound(divideColumn(isa), j.divide)
	bound(sqrtDivideColumn(isa), j.sqrtDivide)
	for column, work := range j.streams {
		bound(column, work)
	}
	return c
}

// ours is the cell of an engine. Plain Go is held against the best the machine
// has.
func (s *Suite) ours(j job, e Engine) table.Cell {
	isa := e.ISA()
	if isa == kernels.Generic {
		isa = s.best().ISA()
	}
	return s.cell(j, e.Column, e.Impl, e.Role, isa)
}

// theirs is the cell of a peer.
func (s *Suite) theirs(j job, column, impl string) table.Cell {
	if j.ofDefinition {
		j.fma, j.operations, j.divide, j.sqrtDivide = 0, 0, 0, 0
	}
	return s.cell(j, column, impl, table.Peer, s.best().ISA())
}

func peakColumn(isa kernels.ISA) string         { return "FMA peak " + columns[isa] }
func betweenTilesColumn(isa kernels.ISA) string { return "FMA peak between tiles " + columns[isa] }
func tilesInL1Column(isa kernels.ISA) string    { return "tiles in L1 " + columns[isa] }
func operationsColumn(isa kernels.ISA) string   { return "vector operations " + columns[isa] }
func divideColumn(isa kernels.ISA) string       { return "divide " + columns[isa] }
func sqrtDivideColumn(isa kernels.ISA) string   { return "root and divide " + columns[isa] }

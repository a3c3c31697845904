package cases

import (
	"time"

	"github.com/targetprop/targetprop/bench/internal/table"
	"github.com/targetprop/targetprop/bench/peers"
	"github.com/targetprop/targetprop/kernels"
)

// Setting is what the sections are made for.
type Setting struct {
	Engines []Engine // on one thread, plain Go first
	Peers   []peers.Peer
	Threads []int         // numbers of threads for the rows that are worth several
	Profile time.Duration // for the breakdown of a training step; 0 leaves it out
	Large   bool          // with the rows that take minutes

	// Tile is a call of the products' tile for an instruction set, nil if there is none.
	Tile func(isa kernels.ISA) (flops float64, call func())
}

// Best is the engine on the best instruction set.
func (s *Setting) Best() Engine { return s.Engines[len(s.Engines)-1] }

// cell is the cell of a column that works with an instruction set.
func (s *Setting) cell(j Job, column, impl string, role table.Role, isa kernels.ISA) table.Cell {
	c := table.Cell{Column: column, Impl: impl, Role: role, Unit: j.Unit, Work: j.Work}
	bound := func(column string, work float64) {
		if work > 0 {
			c.Bounds = append(c.Bounds, table.Bound{Column: column, Work: work})
		}
	}
	bound(PeakColumn(isa), j.FMA)
	bound(Peak64Column(isa), j.FMA64)
	bound(OperationsColumn(isa), j.Operations)
	bound(DivideColumn(isa), j.Divide)
	bound(SqrtDivideColumn(isa), j.SqrtDivide)
	for column, work := range j.Streams {
		bound(column, work)
	}
	return c
}

// Ours is the cell of an engine. Plain Go is held against the best the machine
// has.
func (s *Setting) Ours(j Job, e Engine) table.Cell {
	isa := e.ISA()
	if isa == kernels.Generic {
		isa = s.Best().ISA()
	}
	return s.cell(j, e.Column, e.Impl, e.Role, isa)
}

// Theirs is the cell of a peer.
func (s *Setting) Theirs(j Job, column, impl string) table.Cell {
	if j.OfDefinition {
		j.FMA, j.FMA64, j.Operations, j.Divide, j.SqrtDivide = 0, 0, 0, 0, 0
	}
	return s.cell(j, column, impl, table.Peer, s.Best().ISA())
}

// OurEntry is an engine that does the job by a call.
func (s *Setting) OurEntry(j Job, e Engine, call func()) Entry {
	entry := Entry{Cells: One(s.Ours(j, e))}
	entry.Run = Each(call)
	return entry
}

// TheirEntry is a peer that does the job by a call.
func (s *Setting) TheirEntry(j Job, peer peers.Peer, call func()) Entry {
	entry := Entry{Cells: One(s.Theirs(j, peer.Name, ImplName(peer.Name)))}
	entry.Run = Each(call)
	return entry
}

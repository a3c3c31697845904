package kernels

import (
	"github.com/targetprop/targetprop/internal/simd/isa"
	"github.com/targetprop/targetprop/internal/simd/vector"
	"github.com/targetprop/targetprop/internal/view"
)

// epilogue is what happens to a tile of pre-activations.
type epilogue struct {
	kind  epilogueKind
	act   Activation
	out   Matrix     // the result, the states or the loss
	relax Relaxation // relaxTile
	far   bool       // the near caches do not hold the weights and the result

	// deltaTile
	target Matrix
	scale  float32
	delta  Packed
	first  int // row of delta for row 0 of the tile's matrix
}

type epilogueKind uint8

const (
	activateTile epilogueKind = iota // out = act(z)
	relaxTile                        // out += Delta*(A - act(z)) + Alpha*(G - out)
	deltaTile                        // delta = scale*(act(z) - target)*act'(z), out += (act(z) - target)^2
)

// apply takes the tile z of rows x cols pre-activations, for the rows from row
// and the columns from col on.
func (ep *epilogue) apply(isa ISA, z block, row, rows, col, cols int) {
	at := func(m Matrix) block { return block{m.Data[row*m.Stride+col:], m.Stride} }
	switch ep.kind {
	case activateTile:
		activate(isa, ep.act, rows, cols, z, at(ep.out))
	case relaxTile:
		relax(isa, ep.act, rows, cols, z, at(ep.relax.A), at(ep.relax.G), at(ep.out), ep.relax.Delta, ep.relax.Alpha)
	case deltaTile:
		// The delta is packed, and a row's losses are added up in 16 columns.
		for cols > 0 {
			loss := block{ep.out.Data[row*ep.out.Stride+col%Panel:], ep.out.Stride}
			d := block{ep.delta.Data[ep.delta.Index(ep.first+row, col):], Panel}
			delta(isa, ep.act, rows, min(cols, Panel), z, at(ep.target), d, loss, ep.scale)
			col, cols, z.data = col+Panel, cols-Panel, z.data[Panel:]
		}
	}
}

// ahead appends the rows of a tile's columns that the epilogue reads or writes, from (row, col)
// on: they lie on as many pages, of which a core fetches nothing by itself. The loss, a line of
// a row, is near since the columns before.
func (ep *epilogue) ahead(list []ahead, row, col, height int) []ahead {
	add := func(m Matrix) {
		list = append(list, aheadOf(panels{m.Data[row*m.Stride+col:], Panel, m.Stride}, height))
	}
	switch ep.kind {
	case activateTile:
		add(ep.out)
	case relaxTile:
		add(ep.out)
		add(ep.relax.A)
		if &ep.relax.G.Data[0] != &ep.out.Data[0] { // a layer is above
			add(ep.relax.G)
		}
	case deltaTile:
		add(ep.target)
		list = append(list, aheadOf(ep.delta.from(ep.first+row, col), height))
	}
	return list
}

// block is an operand of a kernel that maps over a matrix.
type block struct {
	data   []float32
	stride int
}

// view is the block as package view has it.
func (b block) view() view.Block[float32] { return view.Block[float32]{Data: b.data, Stride: b.stride} }

func activate(i ISA, act Activation, rows, n int, in, out block) {
	vector.Activate(isa.ISA(i), vector.Activation(act), rows, n, in.view(), out.view())
}

func relax(i ISA, act Activation, rows, n int, z, a, g, h block, delta, alpha float32) {
	vector.Relax(isa.ISA(i), vector.Activation(act), rows, n, z.view(), a.view(), g.view(), h.view(), delta, alpha)
}

func delta(i ISA, act Activation, rows, n int, z, t, d, loss block, scale float32) {
	vector.Delta(isa.ISA(i), vector.Activation(act), rows, n, z.view(), t.view(), d.view(), loss.view(), scale)
}

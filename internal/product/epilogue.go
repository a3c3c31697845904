package product

import (
	"github.com/targetprop/targetprop/internal/simd/isa"
	"github.com/targetprop/targetprop/internal/simd/tile"
	"github.com/targetprop/targetprop/internal/simd/vector"
	"github.com/targetprop/targetprop/internal/view"
)

// Epilogue is what happens to a tile z of pre-activations, or of a delta on its way back.
// [Activate], [Relax], [Delta] and [Slope] make one.
type Epilogue struct {
	kind         epilogueKind
	act          vector.Activation
	out          view.Matrix[float32] // the result, the states or the loss
	target       view.Matrix[float32] // relaxTile and deltaTile
	values       view.Matrix[float32] // slopeTile: what the activation returned
	above        view.Matrix[float32] // relaxTile: the prediction from above
	stepDelta    float32              // relaxTile
	stepAlpha    float32              // relaxTile
	delta        view.Packed[float32] // deltaTile and slopeTile
	scale        float32              // deltaTile
	firstOfDelta int                  // deltaTile and slopeTile: the row of delta for row 0 of the map
}

type epilogueKind uint8

const (
	activateTile epilogueKind = iota
	relaxTile
	deltaTile
	slopeTile
)

// Activate is out = act(z).
func Activate(act vector.Activation, out view.Matrix[float32]) Epilogue {
	return Epilogue{kind: activateTile, act: act, out: out}
}

// Relax is h += delta*(target - act(z)) + alpha*(above - h).
func Relax(act vector.Activation, h, target, above view.Matrix[float32], delta, alpha float32) Epilogue {
	return Epilogue{kind: relaxTile, act: act, out: h, target: target, above: above, stepDelta: delta, stepAlpha: alpha}
}

// Delta is d = scale*(act(z) - target)*act'(z), from row first of d on, and loss +=
// (act(z) - target)^2, each row in the columns of a panel.
func Delta(act vector.Activation, d view.Packed[float32], first int, loss, target view.Matrix[float32], scale float32) Epilogue {
	return Epilogue{kind: deltaTile, act: act, out: loss, target: target, delta: d, scale: scale, firstOfDelta: first}
}

// Slope is d = z * act', from row first of d on, where the activation returned values.
func Slope(act vector.Activation, d view.Packed[float32], first int, values view.Matrix[float32]) Epilogue {
	return Epilogue{kind: slopeTile, act: act, values: values, delta: d, firstOfDelta: first}
}

// apply applies it to z, rows x cols pre-activations of the map's rows from row on and
// columns from col on.
func (ep *Epilogue) apply(i isa.ISA, z view.Block[float32], row, rows, col, cols int) {
	switch ep.kind {
	case activateTile:
		vector.Activate(i, ep.act, rows, cols, z, ep.out.Block(row, col))
	case relaxTile:
		vector.Relax(i, ep.act, rows, cols, z, ep.target.Block(row, col), ep.above.Block(row, col), ep.out.Block(row, col), ep.stepDelta, ep.stepAlpha)
	default:
		// The delta is packed: a panel at a time.
		panel := view.Panel[float32]()
		for cols > 0 {
			d := view.Block[float32]{Data: ep.delta.Data[ep.delta.Index(ep.firstOfDelta+row, col):], Stride: panel}
			ep.applyPanel(i, z, row, rows, col, min(cols, panel), d)
			col, cols, z.Data = col+panel, cols-panel, z.Data[panel:]
		}
	}
}

// applyPanel is apply for a panel d of the delta. A row's losses are added up in the columns of
// a panel.
func (ep *Epilogue) applyPanel(i isa.ISA, z view.Block[float32], row, rows, col, cols int, d view.Block[float32]) {
	if ep.kind == deltaTile {
		vector.Delta(i, ep.act, rows, cols, z, ep.target.Block(row, col), d, ep.out.Block(row, col%view.Panel[float32]()), ep.scale)
		return
	}
	vector.Slope(i, ep.act, rows, cols, z, ep.values.Block(row, col), d)
}

// prefetch appends what the epilogue of a tile at (row, col) reads and writes: the tile's
// columns of so many rows. They lie on as many pages, and a core fetches nothing of them by
// itself. The loss is left out: it is a line of a row, and near since the columns before.
func (ep *Epilogue) prefetch(list []tile.Prefetch[float32], row, col, height int) []tile.Prefetch[float32] {
	add := func(m view.Matrix[float32]) {
		p := tile.Panels[float32]{Data: m.Data[row*m.Stride+col:], Next: view.Panel[float32](), Row: m.Stride}
		list = append(list, tile.PrefetchOf(p, height))
	}
	switch ep.kind {
	case activateTile:
		add(ep.out)
	case relaxTile:
		add(ep.out)
		add(ep.target)
		if &ep.above.Data[0] != &ep.out.Data[0] { // a layer is above
			add(ep.above)
		}
	case deltaTile:
		add(ep.target)
		list = append(list, tile.PrefetchOf(tile.From(ep.delta, ep.firstOfDelta+row, col), height))
	case slopeTile:
		add(ep.values)
		list = append(list, tile.PrefetchOf(tile.From(ep.delta, ep.firstOfDelta+row, col), height))
	}
	return list
}

// ApplySlope applies the epilogue that [Slope] makes to all of z, whose row 0 is that of the
// activation's values, some rows of a panel at a time.
func (ep *Epilogue) ApplySlope(i isa.ISA, z view.Matrix[float32]) {
	if z.Cols == 0 {
		return
	}
	panel := view.Panel[float32]()
	for row := 0; row < z.Rows; row += isa.CallRows {
		for col := 0; col < z.Cols; col += panel {
			d := view.Block[float32]{Data: ep.delta.Data[ep.delta.Index(ep.firstOfDelta+row, col):], Stride: panel}
			ep.applyPanel(i, z.Block(row, col), row, min(isa.CallRows, z.Rows-row), col, min(panel, z.Cols-col), d)
		}
	}
}

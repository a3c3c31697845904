package kernels

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

// activateGeneric defines out = act(in).
func activateGeneric(act Activation, rows, n int, in, out block) {
	for i := range rows {
		src, dst := in.data[i*in.stride:][:n], out.data[i*out.stride:][:n]
		for j, z := range src {
			dst[j] = act.value32(z)
		}
	}
}

// relaxGeneric defines h += delta*(a - act(z)) + alpha*(g - h).
func relaxGeneric(act Activation, rows, n int, z, a, g, h block, delta, alpha float32) {
	for i := range rows {
		zs, as, gs, hs := z.data[i*z.stride:][:n], a.data[i*a.stride:][:n], g.data[i*g.stride:][:n], h.data[i*h.stride:][:n]
		for j, h := range hs {
			next := fma32(delta, as[j]-act.value32(zs[j]), h)
			hs[j] = fma32(alpha, gs[j]-h, next)
		}
	}
}

// deltaGeneric defines d = scale*(act(z) - t)*act'(z) and loss += (act(z) - t)^2.
func deltaGeneric(act Activation, rows, n int, z, t, d, loss block, scale float32) {
	for i := range rows {
		zs, ts, ds, ls := z.data[i*z.stride:][:n], t.data[i*t.stride:][:n], d.data[i*d.stride:][:n], loss.data[i*loss.stride:][:n]
		for j, z := range zs {
			value, slope := act.slope32(z)
			err := value - ts[j]
			ds[j] = float32(err*scale) * slope
			ls[j] = fma32(err, err, ls[j])
		}
	}
}

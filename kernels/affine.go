package kernels

// Affine computes dst = act(x W + b): x is B x K, dst B x N. w is (K+1) x N; its
// row 0 is the bias b. dst must not overlap x.
func (e *Engine) Affine(dst Matrix, act Activation, x Matrix, w Packed) {
	dst.check("the result of Affine", x.Rows, w.Cols)
	e.affine(x, w, epilogue{kind: activateTile, act: act, out: dst})
}

// Relaxation is one step of inference for a layer's states, as in Algorithm 2:
//
//	h += Delta*(A - f) + Alpha*(G - h)
//
// f is the result of the affine map that the step is fused with, A the target
// that comes from below and G the prediction from above. All are B x N.
type Relaxation struct {
	Delta, Alpha float32
	A, G         Matrix // with Alpha = 0, G may be the zero Matrix: there is no layer above
}

// AffineRelax computes f = act(x W + b) and takes the step r with it, on h in
// place, without storing f. h is B x N and must not overlap x; x and w are as
// for [Engine.Affine].
func (e *Engine) AffineRelax(h Matrix, act Activation, x Matrix, w Packed, r Relaxation) {
	if r.Alpha == 0 && r.G.Data == nil {
		r.G = h
	}
	h.check("the states of AffineRelax", x.Rows, w.Cols)
	r.A.check("the target of AffineRelax", h.Rows, h.Cols)
	r.G.check("the prediction of AffineRelax", h.Rows, h.Cols)
	e.affine(x, w, epilogue{kind: relaxTile, act: act, out: h, relax: r})
}

// AffineDelta computes f = act(x W + b) and from it the gradient of the loss
// with respect to the pre-activation, and the loss itself, without storing f:
//
//	d    = scale * (f - target) * act'
//	loss += (f - target)^2
//
// target is B x N; d is packed, for [Engine.Gradient]. loss is B x 16: its
// column j adds up the columns j, j+16, ... of the row, ascending; use
// [SumLoss] to add up the rest.
func (e *Engine) AffineDelta(d Packed, loss Matrix, act Activation, x Matrix, w Packed, target Matrix, scale float32) {
	target.check("the target of AffineDelta", x.Rows, w.Cols)
	d.check("the delta of AffineDelta")
	e.AffineDeltaRows(d, 0, loss, act, x, w, target, scale)
}

// AffineDeltaRows is [Engine.AffineDelta] for a part of a minibatch: it writes
// the rows of d from first on.
func (e *Engine) AffineDeltaRows(d Packed, first int, loss Matrix, act Activation, x Matrix, w Packed, target Matrix, scale float32) {
	target.check("the target of AffineDelta", x.Rows, w.Cols)
	loss.check("the loss of AffineDelta", x.Rows, Panel)
	d.check("the delta of AffineDelta")
	if d.Cols != w.Cols || first < 0 || first+x.Rows > d.Rows {
		panic("kernels: the delta of AffineDelta has another shape than the map's result")
	}
	e.affine(x, w, epilogue{kind: deltaTile, act: act, out: loss, target: target, scale: scale, delta: d, first: first})
}

// SumLoss adds up what [Engine.AffineDelta] left in loss: the 16 columns of a
// row as a balanced tree, then the rows in order.
func SumLoss(loss Matrix) float64 {
	var total float64
	for i := range loss.Rows {
		lanes := [Panel]float32(loss.Row(i))
		for half := Panel / 2; half > 0; half /= 2 {
			for j := range half {
				lanes[j] += lanes[j+half]
			}
		}
		total += float64(lanes[0])
	}
	return total
}

// affine computes all tiles of x W + b and hands each to the epilogue while it
// is in the first-level cache.
func (e *Engine) affine(x Matrix, w Packed, ep epilogue) {
	x.checkData("the input of an affine map")
	w.check("the weights of an affine map")
	if w.Rows != x.Cols+1 || x.Cols < 1 {
		x.check("the input of an affine map", x.Rows, w.Rows-1)
		panic("kernels: an affine map has no inputs")
	}
	ep.far = (w.Rows+x.Rows)*w.Cols > nearFloats
	if e.pool == nil {
		affineTiles(e.isa, x, w, &ep, 0, x.Rows, 0, w.Cols)
		return
	}
	e.affineParallel(x, w, ep)
}

// affineParallel divides the rows between the threads or, where there are too
// few to fill a tile each, the panels. A loss adds up along rows, so that they
// may not be divided between threads there.
func (e *Engine) affineParallel(x Matrix, w Packed, ep epilogue) {
	if x.Rows < maxTileRows*e.Threads() && ep.kind != deltaTile {
		e.Split(w.Panels(), func(lo, hi int) {
			affineTiles(e.isa, x, w, &ep, 0, x.Rows, lo*Panel, min(hi*Panel, w.Cols))
		})
		return
	}
	if x.Rows <= bufferRows*e.Threads() {
		e.Split(x.Rows, func(lo, hi int) { affineTiles(e.isa, x, w, &ep, lo, hi, 0, w.Cols) })
		return
	}
	unit := e.isa.tileRows(2 * Panel)
	e.pieces((x.Rows+unit-1)/unit, bufferRows/unit, func(lo, hi, _ int) {
		affineTiles(e.isa, x, w, &ep, lo*unit, min(hi*unit, x.Rows), 0, w.Cols)
	})
}

// nearFloats is how many weights and results the near caches hold beside other things (1 MB).
const nearFloats = 1 << 18

// manyInputs is from how many on a map's input is laid out. With fewer, tiles of 64
// columns cost less, since they need half as many calls of the epilogue.
const manyInputs = 128

// mapInColumns tells whether m rows of a map's input, all of which have that many rows of k
// floats, are laid out. With few examples that pays only if weights that the second-level
// cache does not hold are fetched meanwhile; with an input that it does not hold, for fewer
// outputs.
func (i ISA) mapInColumns(m, all, k, n int) bool {
	const weights, inputs, fewest = 3 << 17, 1 << 18, 192 // elements, elements, columns
	switch {
	case k < manyInputs || !i.canLayOut(m, k):
		return false
	case m <= 2*maxTileRows:
		return k*n >= weights
	case all*k >= inputs:
		return n >= fewest
	default:
		return n >= columnsFrom
	}
}

// affineTiles computes the rows r0..r1-1 of the columns c0..c1-1; c0 begins a
// panel.
func affineTiles(isa ISA, x Matrix, w Packed, ep *epilogue, r0, r1, c0, c1 int) {
	buffer := tileBuffers.Get().(*tileBuffer)
	inColumns, columns := isa.mapInColumns(r1-r0, x.Rows, x.Cols, c1-c0), isa.tileColumns(r1-r0, c1-c0)
	if inColumns {
		columns = 2 * Panel
	}
	for lo := r0; lo < r1; {
		rows := isa.batch(r1-lo, bufferRows, columns)
		if inColumns {
			layout, height := packPool.Get().(*packBuffers), isa.columnsHeight(rows)
			dst := grow(&layout.a, roundUp(rows, height)*x.Cols)
			a := toColumns(isa, block{x.Data, x.Stride}, x.Rows, lo, rows, height, x.Cols, dst)
			affineRows(isa, a, w, ep, lo, rows, c0, c1, buffer)
			packPool.Put(layout)
		} else {
			a := operandA{data: x.Data[lo*x.Stride:], row: x.Stride, k: 1}
			affineRows(isa, a, w, ep, lo, rows, c0, c1, buffer)
		}
		lo += rows
	}
	tileBuffers.Put(buffer)
}

// affineRows computes some rows, not more than a buffer holds. A panel of the weights
// stays in the cache while they pass it.
func affineRows(isa ISA, a operandA, w Packed, ep *epilogue, row, rows, c0, c1 int, buffer *tileBuffer) {
	var list [mostAhead]ahead
	for col := c0; col < c1; {
		columns := a.tileColumns(isa, rows, c1-col)
		t := tileArgs{
			rows: rows, columns: columns, k: w.Rows - 1, a: a, b: w.from(1, col),
			init: w.repeated(0, col), c: buffer.side(columns),
		}
		if rows > 1 {
			t.soon = soonSteps
		}
		t.ahead = list[:0]
		if next := col + columns; next < c1 {
			t.ahead = t.share(isa, t.ahead, w.from(1, next))
		}
		if ep.far && t.fetches(isa) {
			t.ahead = ep.ahead(t.ahead, row, col, t.height(isa))
		}
		tile(isa, &t)
		ep.apply(isa, block{t.c.data, t.c.row}, row, rows, col, columns)
		col += columns
	}
}

package kernels

import (
	"fmt"
	"runtime"

	"github.com/targetprop/targetprop/internal/product"
	"github.com/targetprop/targetprop/internal/simd/vector"
)

// Affine computes dst = act(x W + b). x is B x K, with K at least 1; dst is B x N.
// w is (K+1) x N: its row 0 is the bias b, the others are W. dst must not overlap
// x. The chain of an element begins with the bias. [Engine.PlanAffine] says how it
// is computed.
func (e *Engine) Affine(dst Matrix, act Activation, x Matrix, w Packed) {
	e.checkNil()
	act.check()
	checkAffine(x, w)
	dst.check("the result of Affine", x.Rows, w.Cols)
	dst.of("the result of Affine").checkApart(x.of(mapInput), w.of(mapWeights))
	ep := product.Activate(vector.Activation(act), dst.view())
	e.affine(x, w, &ep)
}

// Relaxation is one step of inference for a layer's states, as in Algorithm 2:
//
//	h += Delta*(A - f) + Alpha*(G - h)
//
// f is the result of the affine map that the step is fused with. A is the target,
// which comes from below, and G the prediction from above. All are B x N.
type Relaxation struct {
	Delta, Alpha float32
	A, G         Matrix // with Alpha = 0, G may be the zero Matrix: there is no layer above
}

// AffineRelax computes f = act(x W + b) and takes the step r with it, on h in
// place. f is not stored. x and w are as for [Engine.Affine]; h is B x N and must
// not overlap x.
func (e *Engine) AffineRelax(h Matrix, act Activation, x Matrix, w Packed, r Relaxation) {
	e.checkNil()
	if r.Alpha == 0 && r.G.Data == nil {
		r.G = h
	}
	act.check()
	checkAffine(x, w)
	h.check("the states of AffineRelax", x.Rows, w.Cols)
	r.A.check("the target of AffineRelax", h.Rows, h.Cols)
	r.G.check("the prediction of AffineRelax", h.Rows, h.Cols)
	states := h.of("the states of AffineRelax")
	states.checkApart(x.of(mapInput), w.of(mapWeights))
	states.checkApartOrSame(r.A.of("the target of AffineRelax"), r.G.of("the prediction of AffineRelax"))
	ep := product.Relax(vector.Activation(act), h.view(), r.A.view(), r.G.view(), r.Delta, r.Alpha)
	e.affine(x, w, &ep)
}

// AffineDelta computes f = act(x W + b), and from it the loss and its gradient d
// with respect to the pre-activation. f is not stored.
//
//	d    = scale * (f - target) * act'
//	loss += (f - target)^2
//
// x and w are as for [Engine.Affine]. target is B x N. d is B x N, packed for
// [Engine.Gradient]. loss is B x 16: its column j adds up the columns j, j+16, ...
// of the row, ascending. [SumLoss] adds up the rest. The factor scale is not in
// the loss.
func (e *Engine) AffineDelta(d Packed, loss Matrix, act Activation, x Matrix, w Packed, target Matrix, scale float32) {
	e.checkNil()
	act.check()
	checkAffine(x, w)
	d.checkShape("the delta of AffineDelta", x.Rows, w.Cols)
	e.AffineDeltaRows(d, 0, loss, act, x, w, target, scale)
}

// AffineDeltaRows is [Engine.AffineDelta] for a part of a minibatch. x, loss and
// target are those rows only; d is the whole minibatch's, and its rows from first
// on are written. Other rows may be computed at the same time.
func (e *Engine) AffineDeltaRows(d Packed, first int, loss Matrix, act Activation, x Matrix, w Packed, target Matrix, scale float32) {
	e.checkNil()
	act.check()
	checkAffine(x, w)
	target.check("the target of AffineDelta", x.Rows, w.Cols)
	loss.check("the loss of AffineDelta", x.Rows, Panel)
	d.check("the delta of AffineDelta")
	if d.Cols != w.Cols || !fits(first, x.Rows, d.Rows) {
		panic(fmt.Sprintf("kernels: the delta of AffineDelta is %d x %d, and no place for %d x %d from row %d on", d.Rows, d.Cols, x.Rows, w.Cols, first))
	}
	delta, losses := d.of("the delta of AffineDelta"), loss.of("the loss of AffineDelta")
	delta.checkApart(losses, x.of(mapInput), w.of(mapWeights), target.of("the target of AffineDelta"))
	losses.checkApart(x.of(mapInput), w.of(mapWeights), target.of("the target of AffineDelta"))
	ep := product.Delta(vector.Activation(act), d.view(), first, loss.view(), target.view(), scale)
	e.affine(x, w, &ep)
}

// AffineBackward takes a delta d of an affine map's results back to its inputs: dst = d W^T.
// d is B x N, with N at least 1, as [Engine.AffineDelta] writes it. w is (K+1) x N, as for
// [Engine.Affine]; its bias is left out. dst is B x K and must not overlap d or w. The chain
// of an element goes over the columns of W, ascending, and begins with 0.
func (e *Engine) AffineBackward(dst Matrix, d, w Packed) {
	e.checkNil()
	checkBackward(d, w)
	dst.check("the result of AffineBackward", d.Rows, w.Rows-1)
	dst.of("the result of AffineBackward").checkApart(d.of("the delta of AffineBackward"), w.of("the weights of AffineBackward"))
	ep := product.Activate(vector.Identity, dst.view())
	e.backward(d, w, &ep)
}

// AffineBackwardDelta takes a delta through an affine map, as [Engine.AffineBackward] does,
// and through the activation below it:
//
//	dst = (d W^T) * act'
//
// h is B x K: the inputs of the map, which act returned. The slope act' follows from them:
//
//	Softplus 1 - e^-h   Sigmoid h (1 - h)   Tanh 1 - h^2   ReLU 1 where h > 0, else 0
//
// dst is B x K, packed for [Engine.Gradient] of the map below and for the next step down. It
// must not overlap d or w.
func (e *Engine) AffineBackwardDelta(dst Packed, act Activation, h Matrix, d, w Packed) {
	e.checkNil()
	act.check()
	checkBackward(d, w)
	h.check("the values of AffineBackwardDelta", d.Rows, w.Rows-1)
	dst.checkShape("the result of AffineBackwardDelta", d.Rows, w.Rows-1)
	dst.of("the result of AffineBackwardDelta").checkApart(d.of("the delta of AffineBackward"), w.of("the weights of AffineBackward"),
		h.of("the values of AffineBackwardDelta"))
	ep := product.Slope(vector.Activation(act), dst.view(), 0, h.view())
	e.backward(d, w, &ep)
}

// AffineBackwardDeltaRows is [Engine.AffineBackwardDelta] for a part of a minibatch, from
// weights that have been transposed once for all parts, by [Engine.TransposeWeights]: wt is
// (N+1) x K. h is those rows only; d and dst are the whole minibatch's, and their rows from
// first on are read and written. Other rows may be computed at the same time.
func (e *Engine) AffineBackwardDeltaRows(dst Packed, first int, act Activation, h Matrix, d, wt Packed) {
	e.checkNil()
	act.check()
	h.checkData("the values of AffineBackwardDeltaRows")
	d.check("the delta of AffineBackwardDeltaRows")
	wt.check("the transposed weights of AffineBackwardDeltaRows")
	dst.checkShape("the result of AffineBackwardDeltaRows", d.Rows, h.Cols)
	wt.checkShape("the transposed weights of AffineBackwardDeltaRows", d.Cols+1, h.Cols)
	if wt.Rows < 2 {
		panic("kernels: the delta of AffineBackwardDeltaRows has no columns")
	}
	if !fits(first, h.Rows, d.Rows) {
		panic(fmt.Sprintf("kernels: the values of AffineBackwardDeltaRows are %d rows, from row %d on, of %d", h.Rows, first, d.Rows))
	}
	dst.of("the result of AffineBackwardDeltaRows").checkApart(d.of("the delta"), wt.of("the transposed weights"), h.of("the values"))
	ep := product.Slope(vector.Activation(act), dst.view(), first, h.view())
	product.BackRows(e.pool, e.isa, d.view(), first, h.Rows, wt.view(), &ep)
	runtime.KeepAlive(e)
}

// TransposeWeights writes the weights of the map back to dst, (N+1) x K: row 0, the bias, is
// zeros, the others are W^T. w is (K+1) x N and must not overlap dst. It serves all calls of
// [Engine.AffineBackwardDeltaRows] until w changes.
func (e *Engine) TransposeWeights(dst, w Packed) {
	e.checkNil()
	checkTransposed(dst, w)
	if e.Threads() == 1 {
		product.TransposePanels(e.isa, dst.view(), w.view(), 0, w.Panels())
		return
	}
	e.Split(w.Panels(), func(lo, hi int) { product.TransposePanels(e.isa, dst.view(), w.view(), lo, hi) })
}

// TransposeWeightsPanels is [Engine.TransposeWeights] for the panels lo to hi-1 of w, on the
// caller's goroutine: rows 16*lo+1 to 16*hi of dst. Other panels may be transposed at the same
// time, so that a thread can do so for those that it has just updated.
func (e *Engine) TransposeWeightsPanels(dst, w Packed, lo, hi int) {
	e.checkNil()
	checkTransposed(dst, w)
	checkRange("panels", lo, hi, w.Panels())
	product.TransposePanels(e.isa, dst.view(), w.view(), lo, hi)
}

// SumLoss adds up what [Engine.AffineDelta] left in loss, B x 16: the columns of a
// row as a balanced tree in float32, then the rows in order in float64.
func SumLoss(loss Matrix) float64 {
	loss.check("the loss of SumLoss", loss.Rows, Panel)
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

// backward computes a map back, which has been checked.
func (e *Engine) backward(d, w Packed, ep *product.Epilogue) {
	product.Back(e.pool, e.isa, d.view(), w.view(), ep)
	runtime.KeepAlive(e)
}

// checkBackward panics unless w has a column for each of d, and a row for the bias.
func checkBackward(d, w Packed) {
	d.check("the delta of AffineBackward")
	w.check("the weights of AffineBackward")
	if w.Rows < 1 || w.Cols < 1 || w.Cols != d.Cols {
		panic(fmt.Sprintf("kernels: AffineBackward of a delta of %d x %d by weights of %d x %d", d.Rows, d.Cols, w.Rows, w.Cols))
	}
}

// checkTransposed panics unless dst is for the transpose of w without its bias.
func checkTransposed(dst, w Packed) {
	w.check("the weights of TransposeWeights")
	if w.Rows < 1 || w.Cols < 1 {
		panic(fmt.Sprintf("kernels: the weights of TransposeWeights are %d x %d", w.Rows, w.Cols))
	}
	dst.checkShape("the result of TransposeWeights", w.Cols+1, w.Rows-1)
	dst.of("the result of TransposeWeights").checkApart(w.of("the weights of TransposeWeights"))
}

// affine computes a map, which has been checked.
func (e *Engine) affine(x Matrix, w Packed, ep *product.Epilogue) {
	product.Affine(e.pool, e.isa, x.view(), w.view(), ep)
	runtime.KeepAlive(e)
}

// What the operands of all maps are called.
const mapInput, mapWeights = "the input of an affine map", "the weights of an affine map"

// checkAffine panics unless w has a row for each column of x and one for the bias.
func checkAffine(x Matrix, w Packed) {
	x.checkData(mapInput)
	w.check(mapWeights)
	if w.Rows != x.Cols+1 || x.Cols < 1 {
		x.check(mapInput, x.Rows, w.Rows-1)
		panic("kernels: an affine map has no inputs")
	}
}

// SlopeDeltaRows takes the gradient g with respect to a layer's states h, which act returned,
// to the pre-activations, for a part of a minibatch:
//
//	dst = g * act'
//
// The slope is that of [Engine.AffineBackwardDelta]. g and h are of one shape, R x N. dst is
// the whole minibatch's, B x N, packed for [Engine.Gradient]; its rows from first on are
// written, on the caller's goroutine. Other rows may be computed at the same time.
func (e *Engine) SlopeDeltaRows(dst Packed, first int, act Activation, h, g Matrix) {
	e.checkNil()
	act.check()
	h.checkData("the states of SlopeDeltaRows")
	g.check("the gradient of SlopeDeltaRows", h.Rows, h.Cols)
	dst.check("the result of SlopeDeltaRows")
	if dst.Cols != h.Cols || !fits(first, h.Rows, dst.Rows) {
		panic(fmt.Sprintf("kernels: the states of SlopeDeltaRows are %d x %d, from row %d on, of %d x %d", h.Rows, h.Cols, first, dst.Rows, dst.Cols))
	}
	dst.of("the result of SlopeDeltaRows").checkApart(h.of("the states"), g.of("the gradient"))
	ep := product.Slope(vector.Activation(act), dst.view(), first, h.view())
	ep.ApplySlope(e.isa, g.view())
}

package kernels

import (
	"runtime"

	"github.com/targetprop/targetprop/internal/product"
	"github.com/targetprop/targetprop/internal/simd/vector"
)

// Affine computes dst = act(x W + b). x is B x K, with K at least 1; dst is B x N.
// w is (K+1) x N: its row 0 is the bias b, the others are W. dst must not overlap
// x. The chain of an element begins with the bias. [Engine.PlanAffine] says how it
// is computed.
func (e *Engine) Affine(dst Matrix, act Activation, x Matrix, w Packed) {
	act.check()
	dst.check("the result of Affine", x.Rows, w.Cols)
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
	if r.Alpha == 0 && r.G.Data == nil {
		r.G = h
	}
	act.check()
	h.check("the states of AffineRelax", x.Rows, w.Cols)
	r.A.check("the target of AffineRelax", h.Rows, h.Cols)
	r.G.check("the prediction of AffineRelax", h.Rows, h.Cols)
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
	target.check("the target of AffineDelta", x.Rows, w.Cols)
	d.check("the delta of AffineDelta")
	e.AffineDeltaRows(d, 0, loss, act, x, w, target, scale)
}

// AffineDeltaRows is [Engine.AffineDelta] for a part of a minibatch. x, loss and
// target are those rows only; d is the whole minibatch's, and its rows from first
// on are written. Other rows may be computed at the same time.
func (e *Engine) AffineDeltaRows(d Packed, first int, loss Matrix, act Activation, x Matrix, w Packed, target Matrix, scale float32) {
	act.check()
	target.check("the target of AffineDelta", x.Rows, w.Cols)
	loss.check("the loss of AffineDelta", x.Rows, Panel)
	d.check("the delta of AffineDelta")
	if d.Cols != w.Cols || first < 0 || first+x.Rows > d.Rows {
		panic("kernels: the delta of AffineDelta has another shape than the map's result")
	}
	ep := product.Delta(vector.Activation(act), d.view(), first, loss.view(), target.view(), scale)
	e.affine(x, w, &ep)
}

// SumLoss adds up what [Engine.AffineDelta] left in loss, B x 16: the columns of a
// row as a balanced tree in float32, then the rows in order in float64.
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

// affine checks what all maps have.
func (e *Engine) affine(x Matrix, w Packed, ep *product.Epilogue) {
	checkAffine(x, w)
	product.Affine(e.pool, e.isa, x.view(), w.view(), ep)
	runtime.KeepAlive(e)
}

// checkAffine panics unless w has a row for each column of x and one for the bias.
func checkAffine(x Matrix, w Packed) {
	x.checkData("the input of an affine map")
	w.check("the weights of an affine map")
	if w.Rows != x.Cols+1 || x.Cols < 1 {
		x.check("the input of an affine map", x.Rows, w.Rows-1)
		panic("kernels: an affine map has no inputs")
	}
}

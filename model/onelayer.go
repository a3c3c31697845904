package model

import "github.com/targetprop/targetprop/kernels"

// oneLayer is the exact gradient of a log density across one layer: that of
//
//	log N(target; m(v), 1) = -|target - m(v)|^2 / 2
//
// with respect to v, for a map m. With m = g_l it is d log p(h[l-1]|h[l]) /
// dh[l], with m = f_l it is d log q(h[l]|h[l-1]) / dh[l-1].
type oneLayer struct {
	m          Map
	transposed kernels.Packed // the weights of m, behind a bias of 0

	delta          kernels.Packed // of the pre-activation
	residual, loss kernels.Matrix
}

// newOneLayer prepares gradients for minibatches of b examples. transposed is
// [transpose] of m; threads may share it.
func newOneLayer(m Map, transposed kernels.Packed, b int) *oneLayer {
	return &oneLayer{
		m:          m,
		transposed: transposed,
		delta:      kernels.NewPacked(b, m.Outputs()),
		residual:   kernels.NewMatrix(b, m.Outputs()),
		loss:       kernels.NewMatrix(b, kernels.Panel),
	}
}

// transpose makes an affine map of the transposed weights of m, without a bias.
func transpose(m Map) kernels.Packed {
	w := kernels.NewMatrix(m.Inputs(), m.Outputs())
	m.Weights.Unpack(1, w)
	t := kernels.NewPacked(m.Outputs()+1, m.Inputs())
	t.PackTransposed(1, w)
	return t
}

// gradient writes ((target - m(v)) * m'(v)) W^T to dst.
func (o *oneLayer) gradient(e *kernels.Engine, dst, v, target kernels.Matrix) {
	clear(o.loss.Data)
	e.AffineDelta(o.delta, o.loss, o.m.Activation, v, o.m.Weights, target, -1)
	o.delta.Unpack(0, o.residual)
	e.Affine(dst, kernels.Identity, o.residual, o.transposed)
}

// targetpropDown writes targetprop's estimate of d log p(h[l-1]|h[l]) / dh[l],
//
//	f_l(h[l-1]) - f_l(g_l(h[l])),
//
// Equation 12 with sigma_h = 1, to dst. The target and the prediction of layer l
// are up to date.
func (n *Network) targetpropDown(e *kernels.Engine, dst kernels.Matrix, s *States, l int) {
	n.Encode(e, dst, l, s.Prediction[l])
	subtractFrom(s.Target[l], dst)
}

// targetpropUp is the same with the parts of the maps exchanged: its estimate of
// d log q(h[l]|h[l-1]) / dh[l-1] is
//
//	g_l(h[l]) - g_l(f_l(h[l-1])).
func (n *Network) targetpropUp(e *kernels.Engine, dst kernels.Matrix, s *States, l int) {
	n.Decode(e, dst, l, s.Target[l])
	subtractFrom(s.Prediction[l], dst)
}

// subtractFrom computes dst = a - dst.
func subtractFrom(a, dst kernels.Matrix) {
	for i := range dst.Rows {
		row := dst.Row(i)
		for j, v := range a.Row(i) {
			row[j] = v - row[j]
		}
	}
}

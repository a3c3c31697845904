package density

import (
	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model"
)

// Across is the exact gradient of a log density across one layer: that of
//
//	log N(target; m(v), 1) = -|target - m(v)|^2 / 2
//
// with respect to v, for a map m. With m = g_l it is d log p(h[l-1]|h[l]) /
// dh[l], with m = f_l it is d log q(h[l]|h[l-1]) / dh[l-1].
type Across struct {
	m          model.Map
	transposed kernels.Packed // the weights of m, behind a bias of 0

	delta          kernels.Packed // of the pre-activation
	residual, loss kernels.Matrix
}

// NewAcross prepares gradients for minibatches of b examples. transposed is
// [Transpose] of m; threads may share it.
func NewAcross(m model.Map, transposed kernels.Packed, b int) *Across {
	return &Across{
		m:          m,
		transposed: transposed,
		delta:      kernels.NewPacked(b, m.Outputs()),
		residual:   kernels.NewMatrix(b, m.Outputs()),
		loss:       kernels.NewMatrix(b, kernels.Panel),
	}
}

// Transpose makes an affine map of the transposed weights of m, without a bias.
func Transpose(m model.Map) kernels.Packed {
	w := kernels.NewMatrix(m.Inputs(), m.Outputs())
	m.Weights.Unpack(1, w)
	t := kernels.NewPacked(m.Outputs()+1, m.Inputs())
	t.PackTransposed(1, w)
	return t
}

// Gradient writes ((target - m(v)) * m'(v)) W^T to dst.
func (a *Across) Gradient(e *kernels.Engine, dst, v, target kernels.Matrix) {
	clear(a.loss.Data)
	e.AffineDelta(a.delta, a.loss, a.m.Activation, v, a.m.Weights, target, -1)
	a.delta.Unpack(0, a.residual)
	e.Affine(dst, kernels.Identity, a.residual, a.transposed)
}

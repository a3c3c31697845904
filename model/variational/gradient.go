package variational

import (
	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model"
	"github.com/targetprop/targetprop/model/internal/density"
)

// gradient finds dJ/dh for a share of a minibatch, on one thread.
type gradient struct {
	network *model.Network
	states  *model.States
	rule    InnerGradient
	alpha   float32
	prior   *density.Prior

	of       []kernels.Matrix  // dJ/dh[l], by l; 0 is not used
	part     []kernels.Matrix  // the gradient of one term, by l
	down, up []*density.Across // by l, if exact: of log p(h[l-1]|h[l]) and of log q(h[l]|h[l-1]); 0 is not used
}

// newGradient prepares gradients at the states s. transposed is [transposes] of
// n; threads may share it.
func newGradient(n *model.Network, s *model.States, rule InnerGradient, alpha float32, prior *density.Prior, transposed []kernels.Packed) *gradient {
	g := &gradient{network: n, states: s, rule: rule, alpha: alpha, prior: prior}
	b := s.H[0].Rows
	for l, size := range n.Config.Sizes {
		g.of = append(g.of, kernels.NewMatrix(b, size))
		g.part = append(g.part, kernels.NewMatrix(b, size))
		if rule != Exact {
			continue
		}
		if l == 0 {
			g.down, g.up = []*density.Across{nil}, []*density.Across{nil}
			continue
		}
		g.up = append(g.up, density.NewAcross(n.Encoders[l-1], transposed[2*l-2], b))
		g.down = append(g.down, density.NewAcross(n.Decoders[l-1], transposed[2*l-1], b))
	}
	return g
}

// transposes are the transposed weights of all maps, in the order of
// [model.Network.Maps], for exact gradients. Targetprop needs none.
func transposes(n *model.Network, rule InnerGradient) []kernels.Packed {
	var all []kernels.Packed
	if rule == Exact {
		for _, m := range n.Maps() {
			all = append(all, density.Transpose(m))
		}
	}
	return all
}

// find sets of to dJ/dh at the present states.
func (g *gradient) find(e *kernels.Engine) {
	g.network.Predict(e, g.states)
	top := len(g.states.H) - 1
	for l := 1; l <= top; l++ {
		g.acrossDecoder(e, l)
		g.leftOfBar(l)
		if l < top && g.alpha != 0 {
			g.acrossEncoder(e, l)
		}
	}
}

// acrossDecoder sets layer l's gradient to that of log p(h[l-1]|h[l]).
func (g *gradient) acrossDecoder(e *kernels.Engine, l int) {
	s := g.states
	if g.rule == Exact {
		g.down[l].Gradient(e, g.of[l], s.H[l], s.H[l-1])
	} else {
		density.TargetpropDown(e, g.network, g.of[l], s, l)
	}
}

// leftOfBar adds the gradients of log p(h[l]|h[l+1]), for the top of log p(h[M]),
// and of alpha*log q(h[l]|h[l-1]). They point to the means of the Gaussians.
func (g *gradient) leftOfBar(l int) {
	s := g.states
	for i := range s.H[l].Rows {
		h, of, q := s.H[l].Row(i), g.of[l].Row(i), s.Target[l].Row(i)
		p := g.part[l].Row(i)
		if l+1 < len(s.H) {
			for j, mean := range s.Prediction[l+1].Row(i) {
				p[j] = mean - h[j]
			}
		} else {
			g.prior.Gradient(p, h)
		}
		for j, v := range h {
			of[j] += p[j] + float32(g.alpha*(q[j]-v))
		}
	}
}

// acrossEncoder adds the gradient of alpha*log q(h[l+1]|h[l]).
func (g *gradient) acrossEncoder(e *kernels.Engine, l int) {
	s := g.states
	if g.rule == Exact {
		g.up[l+1].Gradient(e, g.part[l], s.H[l], s.H[l+1])
	} else {
		density.TargetpropUp(e, g.network, g.part[l], s, l+1)
	}
	for i := range s.H[l].Rows {
		of := g.of[l].Row(i)
		for j, v := range g.part[l].Row(i) {
			of[j] += float32(g.alpha * v)
		}
	}
}

package variational

import (
	"math"

	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model"
	"github.com/targetprop/targetprop/model/internal/density"
	"github.com/targetprop/targetprop/model/internal/random"
)

// ascend moves the hidden states uphill on J, from where they are. The threads
// share the examples out and never wait for each other.
func ascend(e *kernels.Engine, n *model.Network, s *model.States, settings EStep, prior *density.Prior, seed uint64, number int) {
	transposed := transposes(n, settings.Gradient)
	serial := e.Serial()
	e.Split(s.H[0].Rows, func(lo, hi int) {
		a := newAscent(n, s.Slice(lo, hi), settings, prior, transposed)
		for t := range settings.Steps {
			a.findGradient(serial)
			a.step(serial, kernels.Noise{Seed: seed, Step: uint32(number*settings.Steps + t)}, lo)
		}
	})
}

// transposes are the transposed weights of all maps, in the order of
// [model.Network.Maps], for exact gradients.
func transposes(n *model.Network, g InnerGradient) []kernels.Packed {
	var all []kernels.Packed
	if g == Exact {
		for _, m := range n.Maps() {
			all = append(all, density.Transpose(m))
		}
	}
	return all
}

// ascent moves the states of a share of a minibatch on one thread.
type ascent struct {
	network  *model.Network
	states   *model.States
	settings EStep
	prior    *density.Prior

	gradient []kernels.Matrix  // dJ/dh[l], by l
	across   []kernels.Matrix  // a part of it, by l
	down, up []*density.Across // by l, from 1: of log p(h[l-1]|h[l]) and log q(h[l]|h[l-1]), if exact
}

func newAscent(n *model.Network, s *model.States, settings EStep, prior *density.Prior, transposed []kernels.Packed) *ascent {
	a := &ascent{network: n, states: s, settings: settings, prior: prior}
	b := s.H[0].Rows
	for l, size := range n.Config.Sizes {
		a.gradient = append(a.gradient, kernels.NewMatrix(b, size))
		a.across = append(a.across, kernels.NewMatrix(b, size))
		if settings.Gradient != Exact {
			continue
		}
		if l == 0 {
			a.down, a.up = []*density.Across{nil}, []*density.Across{nil}
			continue
		}
		a.up = append(a.up, density.NewAcross(n.Encoders[l-1], transposed[2*l-2], b))
		a.down = append(a.down, density.NewAcross(n.Decoders[l-1], transposed[2*l-1], b))
	}
	return a
}

// findGradient sets gradient to dJ/dh at the present states.
func (a *ascent) findGradient(e *kernels.Engine) {
	s, alpha := a.states, a.settings.Alpha
	a.network.Predict(e, s)
	for l := 1; l < len(s.H); l++ {
		a.acrossDecoder(e, l)
		a.leftOfBar(l)
		if l+1 < len(s.H) && alpha != 0 {
			a.acrossEncoder(e, l)
		}
	}
}

// acrossDecoder starts layer l's gradient with that of log p(h[l-1]|h[l]).
func (a *ascent) acrossDecoder(e *kernels.Engine, l int) {
	s := a.states
	if a.settings.Gradient == Exact {
		a.down[l].Gradient(e, a.gradient[l], s.H[l], s.H[l-1])
	} else {
		density.TargetpropDown(e, a.network, a.gradient[l], s, l)
	}
}

// leftOfBar adds the gradients of log p(h[l]|h[l+1]), or of log p(h[M]) for the
// top, and of alpha*log q(h[l]|h[l-1]): they lead to the Gaussians' means.
func (a *ascent) leftOfBar(l int) {
	s, alpha := a.states, a.settings.Alpha
	for i := range s.H[l].Rows {
		h, g, q := s.H[l].Row(i), a.gradient[l].Row(i), s.Target[l].Row(i)
		p := a.across[l].Row(i)
		if l+1 < len(s.H) {
			for j, mean := range s.Prediction[l+1].Row(i) {
				p[j] = mean - h[j]
			}
		} else {
			a.prior.Gradient(p, h)
		}
		for j, v := range h {
			g[j] += p[j] + float32(alpha*(q[j]-v))
		}
	}
}

// acrossEncoder adds the gradient of alpha*log q(h[l+1]|h[l]).
func (a *ascent) acrossEncoder(e *kernels.Engine, l int) {
	s, alpha := a.states, a.settings.Alpha
	if a.settings.Gradient == Exact {
		a.up[l+1].Gradient(e, a.across[l], s.H[l], s.H[l+1])
	} else {
		density.TargetpropUp(e, a.network, a.across[l], s, l+1)
	}
	for i := range s.H[l].Rows {
		g := a.gradient[l].Row(i)
		for j, v := range a.across[l].Row(i) {
			g[j] += float32(alpha * v)
		}
	}
}

// step moves the states along the gradient. first is the number of the share's
// first example, whose noise it draws.
func (a *ascent) step(e *kernels.Engine, noise kernels.Noise, first int) {
	delta := a.settings.Delta
	for l := 1; l < len(a.states.H); l++ {
		h := a.states.H[l]
		for i := range h.Rows {
			row := h.Row(i)
			for j, g := range a.gradient[l].Row(i) {
				row[j] += float32(delta * g)
			}
		}
		if a.settings.Langevin {
			noise.Stream = random.Langevin + uint16(l)
			e.AddGaussian(h, h, float32(math.Sqrt(2*float64(delta))), noise, first)
		}
	}
}

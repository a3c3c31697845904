package credit

import (
	"fmt"

	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model"
	"github.com/targetprop/targetprop/model/internal/linalg"
	"github.com/targetprop/targetprop/model/internal/random"
)

// differenceTargets is difference target propagation: Algorithm 1 of Lee, Zhang, Fischer
// and Bengio (2015), arXiv 1412.7525. Layer l < M has a target t_l. The first is a step
// down the gradient of an example's loss; inverse maps g_l: h[l] -> h[l-1] carry it down:
//
//	t_{M-1} = h_{M-1} - Step * dL/dh_{M-1}
//	t_{l-1} = h_{l-1} + g_l(t_l) - g_l(h_l)
//
// Map f_l lowers |f_l(h_{l-1}) - t_l|^2. Map g_l learns to undo f_l near the data: it
// lowers |g_l(f_l(c)) - c|^2, where c is h_{l-1} with noise.
type differenceTargets struct {
	*pass
	down    kernels.Packed   // W_M^T
	inverse []*layer         // inverse[l-2] is g_l, for l = 2..M-1
	targets []kernels.Matrix // targets[l] is t_l, for l = 1..M-1
	scratch []kernels.Matrix // of the shape of targets
	noisy   []kernels.Matrix // noisy[l-2] is h_{l-1} with noise
	code    []kernels.Matrix // code[l-2] is f_l of it
}

func newDifferenceTargets(p *pass) assigner {
	r := &differenceTargets{pass: p, down: p.newTransposed(p.layers[p.top()-1].Weights)}
	for l := 2; l < p.top(); l++ {
		w := kernels.NewPacked(p.network.Config.Sizes[l]+1, p.network.Config.Sizes[l-1])
		linalg.Orthonormal(p.serial, w, kernels.Noise{Seed: p.settings.Seed, Stream: random.Inverse, Step: uint32(l)})
		g := model.Map{Activation: p.layers[l-2].Activation, Weights: w}
		r.inverse = append(r.inverse, newLayer(fmt.Sprintf("inverse.%d", l), g, p.settings.Targets.Optimizer))
	}
	return r
}

func (r *differenceTargets) own() []*layer { return r.inverse }

func (r *differenceTargets) fit(b int) {
	r.targets, r.scratch, r.noisy, r.code = []kernels.Matrix{{}}, []kernels.Matrix{{}}, nil, nil
	for l := 1; l < r.top(); l++ {
		size := r.network.Config.Sizes[l]
		r.targets = append(r.targets, kernels.NewMatrix(b, size))
		r.scratch = append(r.scratch, kernels.NewMatrix(b, size))
		if l+1 < r.top() {
			r.noisy = append(r.noisy, kernels.NewMatrix(b, size))
			r.code = append(r.code, kernels.NewMatrix(b, r.network.Config.Sizes[l+1]))
		}
	}
}

// stages are one for each hidden layer's target, from the top down, and one for each
// inverse map.
func (r *differenceTargets) stages() int { return r.top() - 1 + len(r.inverse) }

func (r *differenceTargets) stage(s, lo, hi int) {
	l := r.top() - 1 - s
	switch {
	case l < 1:
		r.denoise(2-l, lo, hi)
		return
	case s == 0:
		r.first(lo, hi)
	default:
		r.carry(l, lo, hi)
	}
	r.compareWithTarget(l, lo, hi)
}

// first finds the target of layer M-1. The delta of the top is that of the minibatch's
// mean loss, so that an example's own is larger by the size of the minibatch.
func (r *differenceTargets) first(lo, hi int) {
	l := r.top() - 1
	t := r.targets[l].Slice(lo, hi)
	r.serial.Affine(t, kernels.Identity, r.topDelta.Slice(lo, hi), r.down)
	step := r.settings.Targets.Step * float32(r.size())
	for i := range t.Rows {
		h, t := r.h[l].Row(lo+i), t.Row(i)
		for j, slope := range t {
			t[j] = h[j] - float32(step*slope)
		}
	}
}

// carry finds the target of layer l from that of layer l+1: as a step of relaxation from
// h_l to g(t_{l+1}) with f = g(h_{l+1}).
func (r *differenceTargets) carry(l, lo, hi int) {
	g := r.inverse[l-1]
	t, up := r.targets[l].Slice(lo, hi), r.scratch[l].Slice(lo, hi)
	r.serial.Affine(up, g.Activation, r.targets[l+1].Slice(lo, hi), g.Weights)
	for i := range t.Rows {
		copy(t.Row(i), r.h[l].Row(lo+i))
	}
	r.serial.AffineRelax(t, g.Activation, r.h[l+1].Slice(lo, hi), g.Weights, kernels.Relaxation{Delta: 1, A: up})
}

// compareWithTarget finds the delta of layer l: the gradient of the minibatch's mean of
// |h_l - t_l|^2.
func (r *differenceTargets) compareWithTarget(l, lo, hi int) {
	d := r.scratch[l].Slice(lo, hi)
	scale := 2 / float32(r.size())
	for i := range d.Rows {
		h, t, d := r.h[l].Row(lo+i), r.targets[l].Row(lo+i), d.Row(i)
		for j, v := range h {
			d[j] = float32(scale * (v - t[j]))
		}
	}
	f := r.layers[l-1]
	r.serial.SlopeDeltaRows(f.delta, lo, f.Activation, r.h[l].Slice(lo, hi), d)
}

// denoise finds the delta and the loss of g_l.
func (r *differenceTargets) denoise(l, lo, hi int) {
	f, g := r.layers[l-1], r.inverse[l-2]
	noisy, code := r.noisy[l-2].Slice(lo, hi), r.code[l-2].Slice(lo, hi)
	r.serial.AddGaussian(noisy, r.h[l-1].Slice(lo, hi), r.settings.Targets.Noise, r.noise(random.InverseIn+uint16(l)), lo)
	r.serial.Affine(code, f.Activation, noisy, f.Weights)
	r.serial.LayOut(g.columns, lo, code)
	loss := g.loss.Slice(lo, hi)
	clear(loss.Data[:loss.Rows*loss.Stride])
	r.serial.AffineDeltaRows(g.delta, lo, loss, g.Activation, code, g.Weights, noisy, 2/float32(r.size()))
}

func (r *differenceTargets) transposed(l int) kernels.Packed {
	if l < r.top() {
		return kernels.Packed{}
	}
	return r.down
}

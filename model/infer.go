package model

import "github.com/targetprop/targetprop/kernels"

// States are the activities of all layers for a minibatch: H[0] is x, H[l] is
// B x Config.Sizes[l].
type States struct {
	H []kernels.Matrix

	target     []kernels.Matrix // f_l(h[l-1]), by l; target[0] is not used
	prediction []kernels.Matrix // g_l(h[l]), by l
}

// NewStates makes states for a minibatch of b examples.
func (n *Network) NewStates(b int) *States {
	s := &States{}
	for l, size := range n.Config.Sizes {
		s.H = append(s.H, kernels.NewMatrix(b, size))
		s.target = append(s.target, kernels.NewMatrix(b, size))
		below := n.Config.Sizes[max(l-1, 0)]
		s.prediction = append(s.prediction, kernels.NewMatrix(b, below))
	}
	return s
}

// slice is the view of the examples lo to hi-1; it reuses dst's memory.
func (s *States) slice(dst *States, lo, hi int) *States {
	cut := func(dst, src []kernels.Matrix) []kernels.Matrix {
		dst = dst[:0]
		for _, m := range src {
			dst = append(dst, m.Slice(lo, hi))
		}
		return dst
	}
	dst.H, dst.target, dst.prediction = cut(dst.H, s.H), cut(dst.target, s.target), cut(dst.prediction, s.prediction)
	return dst
}

// Infer is INFERENCE of Algorithm 2, for any depth: given x in s.H[0] it starts
// the hidden states at the encoder's means and moves them towards the posterior
// by targetprop:
//
//	h[l] += Delta*(f_l(h[l-1]) - f_l(g_l(h[l]))) + Alpha*(g_{l+1}(h[l+1]) - h[l])
//
// from the top layer, which has no Alpha term, down; each layer sees the newest
// states above it. Threads share the examples out, and hand them over where one is slower.
func (n *Network) Infer(e *kernels.Engine, s *States, settings Inference) {
	serial := e.Serial()
	shares := make([]States, e.Threads())
	e.Relay(s.H[0].Rows, inferStages(settings), func(worker, stage, lo, hi int) {
		n.inferStage(serial, s.slice(&shares[worker], lo, hi), settings, stage)
	})
}

// infer is Infer on one thread.
func (n *Network) infer(e *kernels.Engine, s *States, settings Inference) {
	for stage := range inferStages(settings) {
		n.inferStage(e, s, settings, stage)
	}
}

// inferStages is the number of stages of INFERENCE: the start and the iterations.
func inferStages(settings Inference) int { return 1 + max(0, settings.Iterations) }

// inferStage is one of them, on one thread.
func (n *Network) inferStage(e *kernels.Engine, s *States, settings Inference, stage int) {
	if stage == 0 {
		n.start(e, s)
		return
	}
	n.sweep(e, s, settings)
}

// sweep is one iteration: it relaxes every layer, from the top down.
func (n *Network) sweep(e *kernels.Engine, s *States, settings Inference) {
	for l := n.Config.Latents(); l >= 1; l-- {
		n.relax(e, s, l, settings)
	}
}

// start sets the hidden states to the encoder's means and prepares relax.
func (n *Network) start(e *kernels.Engine, s *States) {
	for l := 1; l <= n.Config.Latents(); l++ {
		n.Encode(e, s.H[l], l, s.H[l-1])
		if l > 1 {
			n.Decode(e, s.prediction[l], l, s.H[l])
		}
	}
	for i := range s.H[1].Rows { // f_1(x) is constant: x does not move
		copy(s.target[1].Row(i), s.H[1].Row(i))
	}
}

// relax moves layer l one step. Each prediction g_l(h[l]) serves twice: for the
// layer below in the same sweep, and for this layer in the next.
func (n *Network) relax(e *kernels.Engine, s *States, l int, settings Inference) {
	if l > 1 {
		n.Encode(e, s.target[l], l, s.H[l-1])
	} else {
		n.Decode(e, s.prediction[1], 1, s.H[1])
	}
	step := kernels.Relaxation{Delta: settings.Delta, A: s.target[l]}
	if l < n.Config.Latents() {
		step.Alpha, step.G = settings.Alpha, s.prediction[l+1]
	}
	f := n.Encoders[l-1]
	e.AffineRelax(s.H[l], f.Activation, s.prediction[l], f.Weights, step)
	if l > 1 {
		n.Decode(e, s.prediction[l], l, s.H[l])
	}
}

package labelled

import (
	"context"
	"fmt"

	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model"
)

// Inference are the settings of INFERENCE with labels. Delta is the weight of x,
// Beta that of y. Beta above Delta is Section 9's "y before x".
type Inference struct {
	Iterations int
	Delta      float32 // step towards the targetprop target from below
	Alpha      float32 // step towards the one from the layer above
	Beta       float32 // step of h[M] towards the one from y
	Pull       float32 // step towards the prediction from above, Algorithm 2's alpha
}

// Validate says what is wrong with the settings, if anything is.
func (i Inference) Validate() error {
	if i.Iterations < 0 || i.Iterations > model.MaxIterations {
		return fmt.Errorf("labelled: %d iterations of inference: want 0 to %d", i.Iterations, model.MaxIterations)
	}
	for _, s := range []struct {
		name  string
		value float32
	}{{"delta", i.Delta}, {"alpha", i.Alpha}, {"beta", i.Beta}, {"pull", i.Pull}} {
		if !(s.value >= 0 && s.value <= 1) {
			return fmt.Errorf("labelled: %s %v: want 0 to 1", s.name, s.value)
		}
	}
	return nil
}

// start sets the hidden states to the encoder's means of x. y plays no part: it
// is missing when the network is used.
func (n *Network) start(e *kernels.Engine, h []kernels.Matrix) {
	for l := 1; l < len(h); l++ {
		n.Images.Encode(e, h[l], l, h[l-1])
	}
}

// sweep is one iteration of INFERENCE, from the top layer down, each layer seeing
// the newest states above it:
//
//	h[M] += Beta*(f_y(y) - f_y(g_y(h[M]))) + Delta*(f_M(h[M-1]) - f_M(g_M(h[M])))
//	h[l] += Alpha*(g_{l+1}(h[l+1]) - g_{l+1}(f_{l+1}(h[l]))) + Delta*(f_l(h[l-1]) - f_l(g_l(h[l]))) + Pull*(g_{l+1}(h[l+1]) - h[l])
//
// The terms are added one after the other, those with Delta and Pull last. All but
// Pull's are Equation 12, with y, the layer below or the layer above as what is
// observed. For the layer above it is the target of difference target propagation.
func (n *Network) sweep(e *kernels.Engine, s *states, settings Inference) {
	top := n.Config.Latents()
	for l := top; l >= 1; l-- {
		if settings.Delta > 0 || settings.Pull > 0 {
			n.Images.Encode(e, s.Target[l], l, s.H[l-1])
			n.Images.Decode(e, s.Prediction[l], l, s.H[l])
		}
		if l == top {
			n.followLabels(e, s)
			e.Affine(s.Encoded, n.Encoder.Activation, s.Y, n.Encoder.Weights)
			e.AffineRelax(s.H[l], n.Encoder.Activation, s.Decoded, n.Encoder.Weights, kernels.Relaxation{Delta: settings.Beta, A: s.Encoded})
		} else {
			n.fromAbove(e, s, l, settings)
		}
		if settings.Delta > 0 || settings.Pull > 0 {
			step := kernels.Relaxation{Delta: settings.Delta, A: s.Target[l]}
			if l < top {
				step.Alpha, step.G = settings.Pull, s.Prediction[l+1]
			}
			f := n.Images.Encoders[l-1]
			e.AffineRelax(s.H[l], f.Activation, s.Prediction[l], f.Weights, step)
		}
	}
}

// fromAbove adds the Alpha term to h[l], and brings Prediction[l+1] up to date
// where it is needed. Target[l+1] has had its use.
func (n *Network) fromAbove(e *kernels.Engine, s *states, l int, settings Inference) {
	if settings.Alpha > 0 || settings.Pull > 0 {
		n.Images.Decode(e, s.Prediction[l+1], l+1, s.H[l+1])
	}
	if settings.Alpha > 0 {
		g := n.Images.Decoders[l]
		n.Images.Encode(e, s.Target[l+1], l+1, s.H[l])
		e.AffineRelax(s.H[l], g.Activation, s.Target[l+1], g.Weights, kernels.Relaxation{Delta: settings.Alpha, A: s.Prediction[l+1]})
	}
}

// followLabels sets Decoded to p(y|h[M]), and y to it where y is missing.
func (n *Network) followLabels(e *kernels.Engine, s *states) {
	n.decodeLabels(e, s.Decoded, s.H[n.Config.Latents()])
	for i := range s.Y.Rows {
		if s.Known.Row(i)[0] == 0 {
			copy(s.Y.Row(i), s.Decoded.Row(i))
		}
	}
}

// states are the activities for a minibatch, one example a row.
type states struct {
	// H[l] is layer l; H[0] is x.
	H []kernels.Matrix
	// Target[l] is f_l(h[l-1]), Prediction[l] is g_l(h[l]). Index 0 of both is
	// not used.
	Target, Prediction []kernels.Matrix
	// Y is y, one-hot, or what follows its decoder where y is missing. Decoded
	// is p(y|h[M]), Encoded is f_y(y).
	Y, Decoded, Encoded kernels.Matrix
	// Known[i][0] is 1 if y of example i is given, else 0.
	Known kernels.Matrix
}

// newStates makes states for a minibatch of b examples. All labels are missing.
func (n *Network) newStates(b int) *states {
	s := &states{
		Y:       kernels.NewMatrix(b, n.Config.Classes),
		Decoded: kernels.NewMatrix(b, n.Config.Classes),
		Encoded: kernels.NewMatrix(b, n.Config.top()),
		Known:   kernels.NewMatrix(b, 1),
	}
	for l, size := range n.Config.Sizes {
		s.H = append(s.H, kernels.NewMatrix(b, size))
		s.Target = append(s.Target, kernels.NewMatrix(b, size))
		s.Prediction = append(s.Prediction, kernels.NewMatrix(b, n.Config.Sizes[max(l-1, 0)]))
	}
	return s
}

// give sets the label of example i.
func (s *states) give(i, label int) {
	clear(s.Y.Row(i))
	s.Known.Row(i)[0] = 0
	if label != Missing {
		s.Y.Row(i)[label], s.Known.Row(i)[0] = 1, 1
	}
}

// slice is the view of the examples lo to hi-1, in dst's memory.
func (s *states) slice(dst *states, lo, hi int) *states {
	dst.H, dst.Target, dst.Prediction = cut(dst.H, s.H, lo, hi), cut(dst.Target, s.Target, lo, hi), cut(dst.Prediction, s.Prediction, lo, hi)
	dst.Y, dst.Decoded, dst.Encoded = s.Y.Slice(lo, hi), s.Decoded.Slice(lo, hi), s.Encoded.Slice(lo, hi)
	dst.Known = s.Known.Slice(lo, hi)
	return dst
}

// cut writes the rows lo to hi-1 of each matrix of src to dst, which it returns.
func cut(dst, src []kernels.Matrix, lo, hi int) []kernels.Matrix {
	dst = dst[:0]
	for _, m := range src {
		dst = append(dst, m.Slice(lo, hi))
	}
	return dst
}

// infer is INFERENCE on x in s.H[0] and the labels of s. It ends early, with ctx's error, if
// ctx is done before an iteration. The threads share the examples out. Before each iteration it calls before, if that is not nil, with
// a share whose row 0 is example lo.
func (n *Network) infer(ctx context.Context, e *kernels.Engine, s *states, settings Inference, before func(share *states, lo int)) error {
	serial := e.Serial()
	e.Split(s.H[0].Rows, func(lo, hi int) {
		share := s.slice(&states{}, lo, hi)
		n.start(serial, share.H)
		for range settings.Iterations {
			if ctx.Err() != nil {
				return
			}
			if before != nil {
				before(share, lo)
			}
			n.sweep(serial, share, settings)
		}
		n.followLabels(serial, share)
	})
	return ctx.Err()
}

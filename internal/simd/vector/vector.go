// Package vector maps functions over the elements of matrices: activations, what a
// layer does with them, exp and log.
//
// Rows and columns are those of the operands' blocks. A result may be an operand if
// both lie in the same place. Operands of no element need an address still.
package vector

import (
	"github.com/targetprop/targetprop/internal/simd/f32"
	"github.com/targetprop/targetprop/internal/simd/isa"
	"github.com/targetprop/targetprop/internal/view"
)

// Activate writes out = act(in), in one call. See [Apply] for long rows.
func Activate(i isa.ISA, act Activation, rows, n int, in, out view.Block[float32]) {
	if !activate(i, act, rows, n, &in, &out) {
		defineActivate(act, rows, n, in, out)
	}
}

// activate runs the assembly, if there is any.
func activate(i isa.ISA, act Activation, rows, n int, in, out *view.Block[float32]) bool {
	switch act {
	case Identity:
		return identity(i, rows, n, in, out)
	case Softplus:
		return softplus(i, rows, n, in, out)
	case Sigmoid:
		return sigmoid(i, rows, n, in, out)
	case ReLU:
		return reLU(i, rows, n, in, out)
	case Tanh:
		return tanh(i, rows, n, in, out)
	default:
		return false
	}
}

// Relax takes a step of inference, h += delta*(a - act(z)) + alpha*(g - h).
func Relax(i isa.ISA, act Activation, rows, n int, z, a, g, h view.Block[float32], delta, alpha float32) {
	if !relax(i, act, rows, n, &z, &a, &g, &h, delta, alpha) {
		defineRelax(act, rows, n, z, a, g, h, delta, alpha)
	}
}

// relax runs the assembly, if there is any.
func relax(i isa.ISA, act Activation, rows, n int, z, a, g, h *view.Block[float32], delta, alpha float32) bool {
	switch act {
	case Identity:
		return relaxIdentity(i, rows, n, z, a, g, h, delta, alpha)
	case Softplus:
		return relaxSoftplus(i, rows, n, z, a, g, h, delta, alpha)
	case Sigmoid:
		return relaxSigmoid(i, rows, n, z, a, g, h, delta, alpha)
	case ReLU:
		return relaxReLU(i, rows, n, z, a, g, h, delta, alpha)
	case Tanh:
		return relaxTanh(i, rows, n, z, a, g, h, delta, alpha)
	default:
		return false
	}
}

// Delta writes the error signal of a squared error, d = scale*(act(z) - t)*act'(z),
// and adds up its loss, loss += (act(z) - t)^2.
func Delta(i isa.ISA, act Activation, rows, n int, z, t, d, loss view.Block[float32], scale float32) {
	if !delta(i, act, rows, n, &z, &t, &d, &loss, scale) {
		defineDelta(act, rows, n, z, t, d, loss, scale)
	}
}

// delta runs the assembly, if there is any.
func delta(i isa.ISA, act Activation, rows, n int, z, t, d, loss *view.Block[float32], scale float32) bool {
	switch act {
	case Identity:
		return deltaIdentity(i, rows, n, z, t, d, loss, scale)
	case Softplus:
		return deltaSoftplus(i, rows, n, z, t, d, loss, scale)
	case Sigmoid:
		return deltaSigmoid(i, rows, n, z, t, d, loss, scale)
	case ReLU:
		return deltaReLU(i, rows, n, z, t, d, loss, scale)
	case Tanh:
		return deltaTanh(i, rows, n, z, t, d, loss, scale)
	default:
		return false
	}
}

// Slope takes a delta z back through an activation that returned h: d = z*act'.
func Slope(i isa.ISA, act Activation, rows, n int, z, h, d view.Block[float32]) {
	if !slope(i, act, rows, n, &z, &h, &d) {
		defineSlope(act, rows, n, z, h, d)
	}
}

// slope runs the assembly, if there is any.
func slope(i isa.ISA, act Activation, rows, n int, z, h, d *view.Block[float32]) bool {
	switch act {
	case Identity:
		return slopeIdentity(i, rows, n, z, h, d)
	case Softplus:
		return slopeSoftplus(i, rows, n, z, h, d)
	case Sigmoid:
		return slopeSigmoid(i, rows, n, z, h, d)
	case ReLU:
		return slopeReLU(i, rows, n, z, h, d)
	case Tanh:
		return slopeTanh(i, rows, n, z, h, d)
	default:
		return false
	}
}

// Apply writes the activation of each element of src to dst, of the same length. dst
// may be src.
func Apply(i isa.ISA, act Activation, dst, src []float32) {
	for len(src) > 0 {
		n := min(len(src), isa.CallElements)
		Activate(i, act, 1, n, view.Block[float32]{Data: src, Stride: n}, view.Block[float32]{Data: dst, Stride: n})
		dst, src = dst[n:], src[n:]
	}
}

// Exp writes the exponential of each element of src to dst, of the same length. dst
// may be src.
func Exp(i isa.ISA, dst, src []float32) {
	for len(src) > 0 {
		n := min(len(src), isa.CallElements)
		if !exp(i, n, &src[0], &dst[0]) {
			defineMap(f32.Exp, dst[:n], src[:n])
		}
		dst, src = dst[n:], src[n:]
	}
}

// Log writes the natural logarithm of each element of src to dst, of the same length.
// dst may be src.
func Log(i isa.ISA, dst, src []float32) {
	for len(src) > 0 {
		n := min(len(src), isa.CallElements)
		if !log(i, n, &src[0], &dst[0]) {
			defineMap(f32.Log, dst[:n], src[:n])
		}
		dst, src = dst[n:], src[n:]
	}
}

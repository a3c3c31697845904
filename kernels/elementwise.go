package kernels

import (
	"fmt"

	"github.com/targetprop/targetprop/internal/plan"
	"github.com/targetprop/targetprop/internal/simd/isa"
	"github.com/targetprop/targetprop/internal/simd/level1"
	"github.com/targetprop/targetprop/internal/simd/vector"
	"github.com/targetprop/targetprop/internal/view"
)

// Exp writes the exponential of each element of src to dst, of the same length.
// dst may be src. The error is at most 0.9 ulp.
func (e *Engine) Exp(dst, src []float32) { e.unary(opExp, dst, src) }

// Log writes the natural logarithm: NaN below 0, -Inf at 0. dst may be src. The error
// is at most 1 ulp.
func (e *Engine) Log(dst, src []float32) { e.unary(opLog, dst, src) }

// Softplus writes log(1 + e^x). dst may be src. The error is at most 1.9 ulp.
func (e *Engine) Softplus(dst, src []float32) { e.Apply(Softplus, dst, src) }

// Sigmoid writes the logistic function 1/(1 + e^-x). dst may be src. The error is at
// most 1.7 ulp.
func (e *Engine) Sigmoid(dst, src []float32) { e.Apply(Sigmoid, dst, src) }

// Tanh writes the hyperbolic tangent. dst may be src. The error is at most 1.5 ulp.
func (e *Engine) Tanh(dst, src []float32) { e.Apply(Tanh, dst, src) }

// Apply writes the activation of each element of src to dst, of the same length.
// dst may be src.
func (e *Engine) Apply(act Activation, dst, src []float32) {
	act.check()
	e.unary(unaryOp(act), dst, src)
}

// Add writes x + y, element by element, to dst. All are of one length. dst may be x or y, and
// overlaps them in no other way.
func (e *Engine) Add(dst, x, y []float32) { pairwise(e, level1.Add, dst, x, y) }

// Sub writes x - y, as [Engine.Add] does x + y.
func (e *Engine) Sub(dst, x, y []float32) { pairwise(e, level1.Sub, dst, x, y) }

// Mul writes x * y, as [Engine.Add] does x + y.
func (e *Engine) Mul(dst, x, y []float32) { pairwise(e, level1.Mul, dst, x, y) }

// Add64 is [Engine.Add] of float64.
func (e *Engine) Add64(dst, x, y []float64) { pairwise(e, level1.Add, dst, x, y) }

// Sub64 is [Engine.Sub] of float64.
func (e *Engine) Sub64(dst, x, y []float64) { pairwise(e, level1.Sub, dst, x, y) }

// Mul64 is [Engine.Mul] of float64.
func (e *Engine) Mul64(dst, x, y []float64) { pairwise(e, level1.Mul, dst, x, y) }

// pairwise checks lengths and divides long slices, for both types of elements.
func pairwise[T view.Float](e *Engine, op level1.Op, dst, x, y []T) {
	if len(x) != len(dst) || len(y) != len(dst) {
		panic(fmt.Sprintf("kernels: the operands x and y of %d and %d elements, and dst of %d", len(x), len(y), len(dst)))
	}
	if !plan.Shares(3*len(dst)*view.Size[T](), e.Threads()) {
		level1.Pairwise(e.isa, op, dst, x, y)
		return
	}
	e.Split(len(dst), func(lo, hi int) { level1.Pairwise(e.isa, op, dst[lo:hi], x[lo:hi], y[lo:hi]) })
}

// unaryOp is an [Activation] or one of the functions below.
type unaryOp uint8

const (
	opExp unaryOp = iota + unaryOp(vector.Activations)
	opLog
)

// unary checks lengths and divides long slices.
func (e *Engine) unary(op unaryOp, dst, src []float32) {
	if len(dst) != len(src) {
		panic(fmt.Sprintf("kernels: %d results for %d arguments", len(dst), len(src)))
	}
	if !plan.DividesElements(e.Threads(), len(src)) {
		unary(e.isa, op, dst, src)
		return
	}
	e.Split(len(src), func(lo, hi int) { unary(e.isa, op, dst[lo:hi], src[lo:hi]) })
}

// unary runs one function on the caller's goroutine.
func unary(i isa.ISA, op unaryOp, dst, src []float32) {
	switch op {
	case opExp:
		vector.Exp(i, dst, src)
	case opLog:
		vector.Log(i, dst, src)
	default:
		vector.Apply(i, vector.Activation(op), dst, src)
	}
}

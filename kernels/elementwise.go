package kernels

import (
	"fmt"

	"github.com/targetprop/targetprop/internal/plan"
	"github.com/targetprop/targetprop/internal/simd/isa"
	"github.com/targetprop/targetprop/internal/simd/vector"
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

// Exp64 is [Engine.Exp] for float64. The error is at most 0.95 ulp.
func (e *Engine) Exp64(dst, src []float64) { e.unary64(vector.Exp64, dst, src) }

// Log64 is [Engine.Log] for float64. The error is at most 0.95 ulp.
func (e *Engine) Log64(dst, src []float64) { e.unary64(vector.Log64, dst, src) }

// Softplus64 is [Engine.Softplus] for float64. The error is at most 1.9 ulp.
func (e *Engine) Softplus64(dst, src []float64) { e.unary64(vector.Softplus64, dst, src) }

// Sigmoid64 is [Engine.Sigmoid] for float64. The error is at most 1.7 ulp.
func (e *Engine) Sigmoid64(dst, src []float64) { e.unary64(vector.Sigmoid64, dst, src) }

// Tanh64 is [Engine.Tanh] for float64. The error is at most 1.5 ulp.
func (e *Engine) Tanh64(dst, src []float64) { e.unary64(vector.Tanh64, dst, src) }

// Apply writes the activation of each element of src to dst, of the same length.
// dst may be src.
func (e *Engine) Apply(act Activation, dst, src []float32) {
	act.check()
	e.unary(unaryOp(act), dst, src)
}

// unaryOp is an [Activation] or one of the functions below.
type unaryOp uint8

const (
	opExp unaryOp = iota + unaryOp(vector.Activations)
	opLog
)

// unary checks lengths and divides long slices.
func (e *Engine) unary(op unaryOp, dst, src []float32) {
	checkLengths(len(dst), len(src))
	if !plan.DividesElements(e.Threads(), len(src)) {
		unary(e.isa, op, dst, src)
		return
	}
	e.Split(len(src), func(lo, hi int) { unary(e.isa, op, dst[lo:hi], src[lo:hi]) })
}

// unary64 is unary for float64.
func (e *Engine) unary64(f vector.Function64, dst, src []float64) {
	checkLengths(len(dst), len(src))
	if !plan.DividesElements(e.Threads(), len(src)) {
		vector.Apply64(e.isa, f, dst, src)
		return
	}
	e.Split(len(src), func(lo, hi int) { vector.Apply64(e.isa, f, dst[lo:hi], src[lo:hi]) })
}

func checkLengths(results, arguments int) {
	if results != arguments {
		panic(fmt.Sprintf("kernels: %d results for %d arguments", results, arguments))
	}
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

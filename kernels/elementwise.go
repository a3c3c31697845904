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
// dst may be src, and overlaps it in no other way, as in all that follows. The error is at
// most 0.9 ulp.
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
	e.checkNil()
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
	if !(view.Apart(dst, x) && view.Apart(dst, y)) {
		sliceOf(dst, "dst").checkApartOrSame(sliceOf(x, "x"), sliceOf(y, "y"))
	}
	if !plan.Shares(3*len(dst)*view.Size[T](), e.Threads()) {
		level1.Pairwise(e.isa, op, dst, x, y)
		return
	}
	e.Split(len(dst), func(lo, hi int) { level1.Pairwise(e.isa, op, dst[lo:hi], x[lo:hi], y[lo:hi]) })
}

// Softmax writes e^x / (sum of e^x over the row) for each element of src to dst, of the same
// shape. dst may be src, and overlaps it in no other way. The largest element of a row is subtracted first, so that nothing
// overflows. The sum adds up in 16 lanes, column mod 16, ascending, then in a tree. A row with
// NaN or +Inf, or of -Inf alone, becomes NaN; a -Inf beside finite elements becomes 0.
func (e *Engine) Softmax(dst, src Matrix) {
	e.checkNil()
	src.checkData("the argument of Softmax")
	dst.check("the result of Softmax", src.Rows, src.Cols)
	dst.of("the result of Softmax").checkApartOrSame(src.of("the argument of Softmax"))
	if src.Cols == 0 {
		return
	}
	if !plan.DividesElements(e.Threads(), src.Rows*src.Cols) {
		softmax(e.isa, dst, src)
		return
	}
	e.Split(src.Rows, func(lo, hi int) { softmax(e.isa, dst.Slice(lo, hi), src.Slice(lo, hi)) })
}

// softmax is Softmax on the caller's goroutine.
func softmax(i isa.ISA, dst, src Matrix) {
	for r := range src.Rows {
		vector.Softmax(i, dst.Row(r), src.Row(r))
	}
}

// CrossEntropy is the top of a classifier: from logits z and targets t, both B x C, it computes
// p = softmax(z), as [Engine.Softmax] does, and
//
//	d       = scale * (p - t)
//	loss[i] = -(sum of t * log p over row i)
//
// Rows of t sum to 1; mostly they are one-hot. d is B x C, packed for [Engine.Gradient] and
// [Engine.AffineBackwardDelta]. loss has B elements, and scale is not in it. log p is log(sum
// of e^(z-m)) - (z-m) with m the largest of the row, so that no p underflows to an infinite
// loss. Where t is 0 nothing is added to it, not even where z is -Inf. A row with NaN or +Inf
// makes all of its results NaN. d and loss must not overlap z or t.
func (e *Engine) CrossEntropy(d Packed, loss []float32, z, t Matrix, scale float32) {
	e.checkNil()
	z.checkData("the logits of CrossEntropy")
	t.check("the targets of CrossEntropy", z.Rows, z.Cols)
	d.checkShape("the delta of CrossEntropy", z.Rows, z.Cols)
	if len(loss) != z.Rows {
		panic(fmt.Sprintf("kernels: the loss of CrossEntropy has %d elements, want %d", len(loss), z.Rows))
	}
	delta, losses := d.of("the delta of CrossEntropy"), sliceOf(loss, "the loss of CrossEntropy")
	delta.checkApart(losses, z.of("the logits of CrossEntropy"), t.of("the targets of CrossEntropy"))
	losses.checkApart(z.of("the logits of CrossEntropy"), t.of("the targets of CrossEntropy"))
	if z.Cols == 0 {
		view.Clear(loss)
		return
	}
	if !plan.DividesElements(e.Threads(), z.Rows*z.Cols) {
		crossEntropy(e.isa, d, loss, z, t, scale, 0, z.Rows)
		return
	}
	e.Split(z.Rows, func(lo, hi int) { crossEntropy(e.isa, d, loss, z, t, scale, lo, hi) })
}

// crossEntropy is CrossEntropy for the rows lo to hi-1, on the caller's goroutine.
func crossEntropy(i isa.ISA, d Packed, loss []float32, z, t Matrix, scale float32, lo, hi int) {
	for r := lo; r < hi; r++ {
		loss[r] = vector.CrossEntropy(i, d.Data[r*Panel:], d.Rows*Panel, z.Row(r), t.Row(r), scale)
	}
}

// unaryOp is an [Activation] or one of the functions below.
type unaryOp uint8

const (
	opExp unaryOp = iota + unaryOp(vector.Activations)
	opLog
)

// unary checks lengths and divides long slices.
func (e *Engine) unary(op unaryOp, dst, src []float32) {
	checkUnary(dst, src)
	if !plan.DividesElements(e.Threads(), len(src)) {
		unary(e.isa, op, dst, src)
		return
	}
	e.Split(len(src), func(lo, hi int) { unary(e.isa, op, dst[lo:hi], src[lo:hi]) })
}

// unary64 is unary for float64.
func (e *Engine) unary64(f vector.Function64, dst, src []float64) {
	checkUnary(dst, src)
	if !plan.DividesElements(e.Threads(), len(src)) {
		vector.Apply64(e.isa, f, dst, src)
		return
	}
	e.Split(len(src), func(lo, hi int) { vector.Apply64(e.isa, f, dst[lo:hi], src[lo:hi]) })
}

// checkUnary panics unless both are of one length, and the same or apart.
func checkUnary[T view.Float](dst, src []T) {
	if len(dst) != len(src) {
		panic(fmt.Sprintf("kernels: %d results for %d arguments", len(dst), len(src)))
	}
	if !view.Apart(dst, src) {
		sliceOf(dst, "the memory of the results").checkApartOrSame(sliceOf(src, "that of the arguments"))
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

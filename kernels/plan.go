package kernels

import (
	"math"
	"math/bits"
	"strings"

	"github.com/targetprop/targetprop/internal/plan"
	"github.com/targetprop/targetprop/internal/product"
	"github.com/targetprop/targetprop/internal/simd/isa"
	"github.com/targetprop/targetprop/internal/simd/tile"
	"github.com/targetprop/targetprop/internal/view"
)

// Plan says how an engine would compute a product. It is for people and reports: its
// words describe this version of the package. They say nothing of the result, which is
// the same by every plan.
type Plan struct {
	text string
	slow []string
}

// String is what was decided: the way, what threads divide, how the factors are read, and
// in which blocks.
func (p Plan) String() string { return p.text }

// Slow is why the product takes longer than another of its size would, and what to
// change, one reason a line. It is empty if there is no reason.
func (p Plan) Slow() string { return strings.Join(p.slow, "\n") }

// PlanGemm says how [Engine.Gemm] would compute a product with the same arguments. It
// computes nothing and does not check that shapes fit. The matrices need no Data.
func (e *Engine) PlanGemm(transA, transB bool, alpha float32, a, b Matrix, beta float32, c Matrix) Plan {
	e.checkNil()
	return planGemm(e, transA, transB, alpha, a.view(), b.view(), beta, c.view())
}

// PlanGemm64 is [Engine.PlanGemm] for [Engine.Gemm64].
func (e *Engine) PlanGemm64(transA, transB bool, alpha float64, a, b Matrix64, beta float64, c Matrix64) Plan {
	e.checkNil()
	return planGemm(e, transA, transB, alpha, a.view(), b.view(), beta, c.view())
}

// planGemm is PlanGemm for both types of elements.
func planGemm[T view.Float](e *Engine, transA, transB bool, alpha T, a, b view.Matrix[T], beta T, c view.Matrix[T]) Plan {
	m, n, k := c.Rows, c.Cols, a.Cols
	if transA {
		k = a.Rows
	}
	if m < 1 || n < 1 || k < 1 || alpha == 0 {
		return Plan{text: "nothing to multiply"}
	}
	if tooLarge(m, n, k) {
		return Plan{text: tooLargeText}
	}
	p := plan.Problem{
		ISA: e.isa, Size: view.Size[T](), Threads: e.Threads(), TransA: transA, TransB: transB, M: m, N: n, K: k,
		StrideA: a.Stride, StrideB: b.Stride, StrideC: c.Stride, Scaled: alpha != 1 && alpha != -1, Negated: alpha == -1,
		CrossesPages: isa.CrossesPages(),
	}
	if !transB && alpha == 1 && (beta == 0 || beta == 1) && tile.Assembled[T](e.isa) && plan.IsSmall(e.isa, view.Panel[T](), m, n, k) {
		return Plan{text: plan.Plan{Way: plan.Small}.String()}
	}
	slow := p.Slow(float64(beta))
	if e.isa != isa.Generic && !tile.Assembled[T](e.isa) {
		slow = append(slow, plan.SlowGeneric)
	}
	return Plan{text: plan.OfGemm(&p).String(), slow: slow}
}

// PlanAffine says how [Engine.Affine] and [Engine.AffineRelax] would compute x W + b. The
// matrices need no Data. Threads divide the columns of a map of few rows. They never divide
// those of [Engine.AffineDelta], whose loss adds up along the rows.
func (e *Engine) PlanAffine(x Matrix, w Packed) Plan {
	e.checkNil()
	if x.Rows < 1 || x.Cols < 1 || w.Cols < 1 {
		return Plan{text: "nothing to multiply"}
	}
	if tooLarge(x.Rows, x.Cols, w.Cols) {
		return Plan{text: tooLargeText}
	}
	p := product.MapProblem(e.pool, e.isa, x.view(), w.view(), false)
	return Plan{text: plan.OfMap(&p).String(), slow: slowISA(e.isa)}
}

// PlanGradient says how [Engine.Gradient] and [Engine.GradientStep] would compute a
// gradient from x, B x K, and d, B x N. The matrices need no Data.
func (e *Engine) PlanGradient(x Matrix, d Packed) Plan {
	e.checkNil()
	if x.Rows < 1 || x.Cols < 1 || d.Cols < 1 {
		return Plan{text: "nothing to multiply"}
	}
	if tooLarge(x.Rows, x.Cols, d.Cols) {
		return Plan{text: tooLargeText}
	}
	p := plan.GradientProblem{ISA: e.isa, Size: 4, Threads: e.Threads(), Examples: x.Rows, Inputs: x.Cols, Outputs: d.Cols}
	return Plan{text: plan.OfGradient(&p).String(), slow: slowISA(e.isa)}
}

// tooLarge tells whether a product of such sizes is of matrices that no memory holds: a plan counts in
// numbers that would overflow.
func tooLarge(m, n, k int) bool {
	const most = math.MaxInt >> ((bits.UintSize - 32) / 2) / 16 // numbers, with what rows are rounded up by: 2^43 where an address has 64 bits
	fits := func(a, b int) bool { return a <= most && b <= most/a }
	return !fits(m, n) || !fits(m, k) || !fits(n, k)
}

const tooLargeText = "no memory holds such matrices"

// slowISA is what Slow says of an instruction set.
func slowISA(i isa.ISA) []string {
	if i == isa.Generic {
		return []string{plan.SlowGeneric}
	}
	return nil
}

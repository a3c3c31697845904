package kernels

import (
	"strings"

	"github.com/targetprop/targetprop/internal/plan"
	"github.com/targetprop/targetprop/internal/product"
	"github.com/targetprop/targetprop/internal/simd/isa"
	"github.com/targetprop/targetprop/internal/simd/tile"
	"github.com/targetprop/targetprop/internal/view"
)

// Plan says how an engine computes a product. Its words describe this version of the
// package and are for people and reports.
type Plan struct {
	text string
	slow []string
}

// String says what was decided: how the factors are read, in which blocks, and what
// threads divide.
func (p Plan) String() string { return p.text }

// Slow is why the product takes longer than another of its size would, and what to
// change, one reason a line; or empty.
func (p Plan) Slow() string { return strings.Join(p.slow, "\n") }

// PlanGemm says how [Engine.Gemm] would compute a product. The matrices need no Data.
func (e *Engine) PlanGemm(transA, transB bool, alpha float32, a, b Matrix, beta float32, c Matrix) Plan {
	return planGemm(e, transA, transB, alpha, a.view(), b.view(), beta, c.view())
}

// PlanGemm64 is [Engine.PlanGemm] for [Engine.Gemm64].
func (e *Engine) PlanGemm64(transA, transB bool, alpha float64, a, b Matrix64, beta float64, c Matrix64) Plan {
	return planGemm(e, transA, transB, alpha, a.view(), b.view(), beta, c.view())
}

// planGemm is PlanGemm for both types of elements.
func planGemm[T view.Float](e *Engine, transA, transB bool, alpha T, a, b view.Matrix[T], beta T, c view.Matrix[T]) Plan {
	m, n, k := c.Rows, c.Cols, a.Cols
	if transA {
		k = a.Rows
	}
	if m == 0 || n == 0 || k == 0 || alpha == 0 {
		return Plan{text: "nothing to multiply"}
	}
	p := plan.Problem{
		ISA: e.isa, Size: view.Size[T](), Threads: e.Threads(), TransA: transA, TransB: transB, M: m, N: n, K: k,
		StrideA: a.Stride, StrideB: b.Stride, StrideC: c.Stride, Scaled: alpha != 1,
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

// PlanAffine says how [Engine.Affine] and the maps like it would compute x W + b. The
// matrices need no Data. A map whose loss adds up along its rows, as that of
// [Engine.AffineDelta], is divided by rows only.
func (e *Engine) PlanAffine(x Matrix, w Packed) Plan {
	if x.Rows == 0 || w.Cols == 0 {
		return Plan{text: "nothing to multiply"}
	}
	p := product.MapProblem(e.pool, e.isa, x.view(), w.view(), false)
	return Plan{text: plan.OfMap(&p).String(), slow: slowISA(e.isa)}
}

// PlanGradient says how [Engine.Gradient] and [Engine.GradientStep] would compute a
// gradient from x and d. The matrices need no Data.
func (e *Engine) PlanGradient(x Matrix, d Packed) Plan {
	p := plan.GradientProblem{ISA: e.isa, Size: 4, Threads: e.Threads(), Examples: x.Rows, Inputs: x.Cols, Outputs: d.Cols}
	return Plan{text: plan.OfGradient(&p).String(), slow: slowISA(e.isa)}
}

func slowISA(i isa.ISA) []string {
	if i == isa.Generic {
		return []string{plan.SlowGeneric}
	}
	return nil
}

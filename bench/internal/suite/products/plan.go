package products

import (
	"fmt"
	"strings"

	"github.com/targetprop/targetprop/bench/internal/suite/cases"
	"github.com/targetprop/targetprop/kernels"
)

// planTitle is the heading of the column with the plans.
const planTitle = "how ours is computed"

// noteOf is the text of a plan for a cell of a table.
func noteOf(p kernels.Plan) string {
	text := p.String()
	if slow := p.Slow(); slow != "" {
		text += "; " + strings.ReplaceAll(slow, "\n", "; ")
	}
	return text
}

// gemmPlan is how the best engine computes the product on so many threads.
func gemmPlan(s *cases.Setting, p cases.Shape, threads int) string {
	e, err := kernels.New(kernels.WithMaxISA(s.Best().ISA()), kernels.WithThreads(threads))
	if err != nil {
		return fmt.Sprint(err)
	}
	defer e.Close()
	matrix := func(rows, cols int) kernels.Matrix { return kernels.Matrix{Rows: rows, Cols: cols, Stride: cols} }
	return noteOf(e.PlanGemm(false, false, 1, matrix(p.M, p.K), matrix(p.K, p.N), 0, matrix(p.M, p.N)))
}

// affinePlan is how it computes a map.
func affinePlan(s *cases.Setting, p cases.Shape) string {
	x := kernels.Matrix{Rows: p.M, Cols: p.K, Stride: p.K}
	return noteOf(s.Best().PlanAffine(x, kernels.Packed{Rows: p.K + 1, Cols: p.N}))
}

// gradientPlan is how it computes a gradient.
func gradientPlan(s *cases.Setting, p cases.Shape) string {
	x := kernels.Matrix{Rows: p.K, Cols: p.M, Stride: p.M}
	return noteOf(s.Best().PlanGradient(x, kernels.Packed{Rows: p.K, Cols: p.N}))
}

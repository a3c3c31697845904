package products

import (
	"fmt"

	"github.com/targetprop/targetprop/bench/internal/suite/cases"
	"github.com/targetprop/targetprop/bench/internal/suite/limits"
	"github.com/targetprop/targetprop/bench/internal/suite/operands"
	"github.com/targetprop/targetprop/bench/internal/table"
	"github.com/targetprop/targetprop/kernels"
)

// Gradients are those of the default network's maps.
func Gradients(s *cases.Setting) cases.Section {
	section := cases.Section{Section: table.Section{
		Title: "Gradients",
		About: "xᵀ d with the column sums of d, and the same with the step of RMSProp that consumes it; m × k × n is inputs × minibatch × outputs, one thread. " +
			barePeers + " Like ours it begins with x; not all peers have one that does. “Given xᵀ” is the same beside their product of xᵀ and d, " +
			"for which somebody has transposed x before. " + limits.AboutTilesInL1,
		Unit: table.GFLOPs, NoteTitle: planTitle,
		Compare: limits.CompareProducts(s, "÷ best peer"),
	}}
	for _, p := range cases.DefaultGradients {
		section.Cases = append(section.Cases, gradientCase(s, p, sgemm, "/peers=transposed", ", given xᵀ"))
	}
	for _, p := range cases.DefaultGradients {
		section.Cases = append(section.Cases, gradientCase(s, p, sgemmTN, "", ""))
	}
	for _, p := range cases.DefaultGradients[:2] {
		section.Cases = append(section.Cases, gradientStepCase(s, p))
	}
	return section
}

// gradientCase is a row beside a product of the peers, with the ends of its name and label
// that tell which.
func gradientCase(s *cases.Setting, p cases.Shape, theirs peerProduct, key, label string) cases.Case {
	row := table.Row{
		Name:  "Gradient/" + p.Keys() + key,
		Label: p.String() + label,
		Flops: p.Flops(),
		Bytes: operands.FloatBytes(p.M*p.K, p.K*p.N, (p.M+1)*p.N),
		Note:  gradientPlan(s, p),
	}
	return productCase(s, row, p, kernels.Identity, theirs, func(e cases.Engine) func() {
		x, d, g := operands.Matrix(p.K, p.M, operands.Unit), operands.Delta(p.K, p.N), kernels.NewPacked(p.M+1, p.N)
		return func() { e.Gradient(g, x, d) }
	})
}

func gradientStepCase(s *cases.Setting, p cases.Shape) cases.Case {
	row := table.Row{
		Name:  "GradientStep/op=rmsprop/" + p.Keys(),
		Label: fmt.Sprintf("with RMSProp %v", p),
		Flops: p.Flops(),
		Bytes: operands.FloatBytes(p.M*p.K, p.K*p.N, 8*(p.M+1)*p.N),
		Note:  gradientPlan(s, p),
	}
	return productCase(s, row, p, kernels.Identity, sgemmTN, func(e cases.Engine) func() {
		x, d, w := operands.Matrix(p.K, p.M, operands.Unit), operands.Delta(p.K, p.N), operands.Weights(p.M, p.N)
		step := kernels.Descent{Optimizer: cases.DefaultOptimizer, Step: 1, Weights: w, Moments: cases.DefaultOptimizer.NewMoments(len(w.Data))}
		return func() { e.GradientStep(step, x, d) }
	})
}

package products

import (
	"fmt"

	"github.com/targetprop/targetprop/bench/internal/suite/cases"
	"github.com/targetprop/targetprop/bench/internal/suite/limits"
	"github.com/targetprop/targetprop/bench/internal/suite/operands"
	"github.com/targetprop/targetprop/bench/internal/table"
	"github.com/targetprop/targetprop/kernels"
)

// Affine is the maps of the default network and the steps that are fused with them.
func Affine(s *cases.Setting) cases.Section {
	section := cases.Section{Section: table.Section{
		Title: "Fused affine maps",
		About: "act(x W + b) and the steps of the training algorithm that are fused with it; m × k × n is minibatch × inputs × outputs, one thread. " +
			barePeers + " The column “fused” has both. " + limits.AboutTilesInL1,
		Unit: table.GFLOPs, NoteTitle: planTitle,
		Compare: limits.CompareProducts(s, "÷ best peer"),
	}}
	add := func(c cases.Case) { section.Cases = append(section.Cases, c) }
	for _, act := range []kernels.Activation{kernels.Softplus, kernels.Sigmoid} {
		for _, p := range cases.DefaultMaps {
			add(affineCase(s, act, p))
		}
	}
	add(relaxCase(s, kernels.Softplus, cases.DefaultMaps[0]))
	add(relaxCase(s, kernels.Sigmoid, cases.DefaultMaps[2]))
	add(deltaCase(s, kernels.Softplus, cases.DefaultMaps[0]))
	add(deltaCase(s, kernels.Sigmoid, cases.DefaultMaps[1]))
	for _, p := range cases.DefaultMaps[:2] {
		add(backwardCase(s, kernels.Sigmoid, p))
	}
	return section
}

func affineCase(s *cases.Setting, act kernels.Activation, p cases.Shape) cases.Case {
	row := table.Row{
		Name:  fmt.Sprintf("Affine/op=%v/%s", act, p.Keys()),
		Label: fmt.Sprintf("%v %v", act, p),
		Flops: p.Flops(),
		Bytes: operands.FloatBytes(p.M*p.K, (p.K+1)*p.N, p.M*p.N),
		Note:  affinePlan(s, p),
	}
	return productCase(s, row, p, act, sgemm, func(e cases.Engine) func() {
		x, w, y := operands.Matrix(p.M, p.K, operands.Unit), operands.Weights(p.K, p.N), kernels.NewMatrix(p.M, p.N)
		return func() { e.Affine(y, act, x, w) }
	}, fused(s, p.Job(), p, act)...)
}

func relaxCase(s *cases.Setting, act kernels.Activation, p cases.Shape) cases.Case {
	row := table.Row{
		Name:  fmt.Sprintf("AffineRelax/op=%v/%s", act, p.Keys()),
		Label: fmt.Sprintf("relax %v %v", act, p),
		Flops: p.Flops(),
		Bytes: operands.FloatBytes(p.M*p.K, (p.K+1)*p.N, 4*p.M*p.N),
		Note:  affinePlan(s, p),
	}
	return productCase(s, row, p, act, sgemm, func(e cases.Engine) func() {
		x, w, h := operands.Matrix(p.M, p.K, operands.Unit), operands.Weights(p.K, p.N), operands.Matrix(p.M, p.N, operands.Unit)
		r := kernels.Relaxation{Delta: 0.1, Alpha: 0.001, A: operands.Matrix(p.M, p.N, operands.Unit), G: operands.Matrix(p.M, p.N, operands.Unit)}
		return func() { e.AffineRelax(h, act, x, w, r) }
	})
}

func deltaCase(s *cases.Setting, act kernels.Activation, p cases.Shape) cases.Case {
	row := table.Row{
		Name:  fmt.Sprintf("AffineDelta/op=%v/%s", act, p.Keys()),
		Label: fmt.Sprintf("delta %v %v", act, p),
		Flops: p.Flops(),
		Bytes: operands.FloatBytes(p.M*p.K, (p.K+1)*p.N, 2*p.M*p.N),
		Note:  affinePlan(s, p),
	}
	return productCase(s, row, p, act, sgemm, func(e cases.Engine) func() {
		x, w, target := operands.Matrix(p.M, p.K, operands.Unit), operands.Weights(p.K, p.N), operands.Matrix(p.M, p.N, operands.Unit)
		d, loss := kernels.NewPacked(p.M, p.N), kernels.NewMatrix(p.M, kernels.Panel)
		return func() { e.AffineDelta(d, loss, act, x, w, target, 0.02) }
	})
}

// backwardCase is the way of a delta back, m x k, through weights of n x k and the activation
// below: they are transposed on the way. So the peers' BLAS does.
func backwardCase(s *cases.Setting, act kernels.Activation, p cases.Shape) cases.Case {
	row := table.Row{
		Name:  fmt.Sprintf("AffineBackwardDelta/op=%v/%s", act, p.Keys()),
		Label: fmt.Sprintf("backward %v %v", act, p),
		Flops: p.Flops(),
		Bytes: operands.FloatBytes(p.M*p.K, (p.N+1)*p.K, 2*p.M*p.N),
	}
	return productCase(s, row, p, act, sgemmNT, func(e cases.Engine) func() {
		d, w, h := operands.Delta(p.M, p.K), operands.Weights(p.N, p.K), operands.Matrix(p.M, p.N, operands.Unit)
		dst := kernels.NewPacked(p.M, p.N)
		return func() { e.AffineBackwardDelta(dst, act, h, d, w) }
	})
}

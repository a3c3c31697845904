package variational

import (
	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model"
	"github.com/targetprop/targetprop/model/internal/density"
)

// standardPrior is the standard Gaussian.
func standardPrior(units int) model.Prior {
	p := model.Prior{Mean: make([]float32, units), Std: make([]float32, units)}
	for j := range p.Std {
		p.Std[j] = 1
	}
	return p
}

// priorRule is what the M-step of Algorithm 1 keeps for the prior.
type priorRule struct {
	mean, std     []float32 // gradients of -J
	ofMean, ofStd kernels.Moments
}

// newPriorRule prepares for a prior of so many units.
func newPriorRule(o kernels.Optimizer, units int) priorRule {
	return priorRule{
		mean: make([]float32, units), std: make([]float32, units),
		ofMean: o.NewMoments(units), ofStd: o.NewMoments(units),
	}
}

// step moves the prior's means and standard deviations along the gradient of
// log p(h), averaged over the examples in the rows of h.
func (r priorRule) step(e *kernels.Engine, o kernels.Optimizer, number int, p model.Prior, h kernels.Matrix) {
	for j := range p.Mean {
		std := float64(max(p.Std[j], density.MinStd))
		var deviation, square float64
		for i := range h.Rows {
			z := (float64(h.Data[i*h.Stride+j]) - float64(p.Mean[j])) / std
			deviation += z
			square += float64(z * z)
		}
		b := float64(h.Rows)
		r.mean[j] = float32(-deviation / b / std)
		r.std[j] = float32((1 - square/b) / std)
	}
	e.Update(o, number, p.Mean, r.mean, r.ofMean)
	e.Update(o, number, p.Std, r.std, r.ofStd)
	for j, std := range p.Std {
		p.Std[j] = max(std, density.MinStd)
	}
}

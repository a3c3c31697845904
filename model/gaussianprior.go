package model

import "github.com/targetprop/targetprop/kernels"

// minPriorStd is the least standard deviation that a unit of the top layer has
// in p(h[M]): one that never moves would have an infinite density.
const minPriorStd = 1e-3

// gaussianPrior is p(h[M]) in the form in which J has it. Nil is a prior that
// J leaves out.
type gaussianPrior struct {
	mean, precision []float32 // precision is 1/std^2
	logStd          float64   // sum over the units
}

// topPrior is the prior's term of J, or nil if it is not wanted.
func (n *Network) topPrior(e *kernels.Engine, wanted bool) (*gaussianPrior, error) {
	if !wanted {
		return nil, nil
	}
	if len(n.Prior.Mean) == 0 {
		return nil, ErrNoPrior
	}
	p := &gaussianPrior{mean: n.Prior.Mean, precision: make([]float32, len(n.Prior.Std))}
	logs := make([]float32, len(n.Prior.Std))
	for j, std := range n.Prior.Std {
		std = max(std, minPriorStd)
		logs[j] = std
		p.precision[j] = 1 / float32(std*std)
	}
	e.Log(logs, logs)
	for _, v := range logs {
		p.logStd += float64(v)
	}
	return p, nil
}

// logDensity is log p(h), without the constants -log(2 pi)/2.
func (p *gaussianPrior) logDensity(h []float32) float64 {
	if p == nil {
		return 0
	}
	var square float64
	for j, v := range h {
		d := float64(v) - float64(p.mean[j])
		square += float64(d * d * float64(p.precision[j]))
	}
	return -square/2 - p.logStd
}

// gradient writes d log p(h) / dh to dst.
func (p *gaussianPrior) gradient(dst, h []float32) {
	if p == nil {
		clear(dst)
		return
	}
	for j, v := range h {
		dst[j] = float32(p.precision[j] * (p.mean[j] - v))
	}
}

// standardPrior is the standard Gaussian.
func standardPrior(units int) Prior {
	p := Prior{Mean: make([]float32, units), Std: make([]float32, units)}
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

func newPriorRule(o kernels.Optimizer, units int) priorRule {
	return priorRule{
		mean: make([]float32, units), std: make([]float32, units),
		ofMean: o.NewMoments(units), ofStd: o.NewMoments(units),
	}
}

// step moves the prior's means and standard deviations along the gradient of
// log p(h), averaged over the examples in the rows of h.
func (r priorRule) step(e *kernels.Engine, o kernels.Optimizer, number int, p Prior, h kernels.Matrix) {
	for j := range p.Mean {
		std := float64(max(p.Std[j], minPriorStd))
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
		p.Std[j] = max(std, minPriorStd)
	}
}

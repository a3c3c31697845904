package density

import (
	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model"
)

// MinStd is the least standard deviation that a unit of the top layer has in
// p(h[M]). A unit that never moves would have an infinite density.
const MinStd = 1e-3

// Prior is p(h[M]) with what its log density and gradient need computed once. A
// nil Prior is one that is left out.
type Prior struct {
	mean, precision []float32 // precision is 1/std^2
	logStd          float64   // sum over the units
}

// NewPrior is the prior of n, or nil if it is not wanted. It fails with
// [model.ErrNoPrior] if it is wanted and n has none.
func NewPrior(e *kernels.Engine, n *model.Network, wanted bool) (*Prior, error) {
	if !wanted {
		return nil, nil
	}
	if len(n.Prior.Mean) == 0 {
		return nil, model.ErrNoPrior
	}
	p := &Prior{mean: n.Prior.Mean, precision: make([]float32, len(n.Prior.Std))}
	logs := make([]float32, len(n.Prior.Std))
	for j, std := range n.Prior.Std {
		std = max(std, MinStd)
		logs[j] = std
		p.precision[j] = 1 / float32(std*std)
	}
	e.Log(logs, logs)
	for _, v := range logs {
		p.logStd += float64(v)
	}
	return p, nil
}

// LogDensity is log p(h), and 0 if the prior is left out.
func (p *Prior) LogDensity(h []float32) float64 {
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

// Gradient writes d log p(h) / dh to dst.
func (p *Prior) Gradient(dst, h []float32) {
	if p == nil {
		clear(dst)
		return
	}
	for j, v := range h {
		dst[j] = float32(p.precision[j] * (p.mean[j] - v))
	}
}

package credit

import "github.com/targetprop/targetprop/kernels"

// directFeedback is the rule of Nøkland (2016), "Direct feedback alignment provides
// learning in deep neural networks": d_l = (d_M B_l) * s'_l, with fixed random weights B_l
// from the top.
type directFeedback struct {
	*pass
	feedback []kernels.Packed // feedback[l-1] is B_l, for l = 1..M-1, behind a bias of 0
}

func newDirectFeedback(p *pass) assigner {
	r := &directFeedback{pass: p}
	for l := 1; l < p.top(); l++ {
		r.feedback = append(r.feedback, fixedFeedback(p, l, p.top()))
	}
	return r
}

func (r *directFeedback) own() []*layer { return nil }

func (r *directFeedback) resize(int) {}

func (r *directFeedback) stages() int { return r.top() - 1 }

// stage s is layer 1+s: no layer waits for another.
func (r *directFeedback) stage(s, lo, hi int) {
	l := 1 + s
	d := r.d[l].Slice(lo, hi)
	r.serial.Affine(d, kernels.Identity, r.d[r.top()].Slice(lo, hi), r.feedback[l-1])
	timesSlope(r.serial, d, r.layers[l-1].Activation, r.h[l].Slice(lo, hi))
	r.deliver(l, lo, hi)
}

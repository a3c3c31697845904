package credit

import "github.com/targetprop/targetprop/kernels"

// directFeedback is the rule of Nøkland (2016), "Direct feedback alignment provides
// learning in deep neural networks": d_l = (d_M B_l) * s'_l, with fixed random weights B_l
// from the top.
type directFeedback struct {
	bare
	feedback []kernels.Packed // feedback[l-1] is B_l, for l = 1..M-1
}

func newDirectFeedback(p *pass) assigner {
	r := &directFeedback{bare: bare{p}}
	for l := 1; l < p.top(); l++ {
		r.feedback = append(r.feedback, fixedFeedback(p, l, p.top()))
	}
	return r
}

func (r *directFeedback) stages() int { return r.top() - 1 }

// stage s is layer 1+s: no layer waits for another.
func (r *directFeedback) stage(s, lo, hi int) {
	l := 1 + s
	r.sendBack(l, r.top(), r.feedback[l-1], lo, hi)
}

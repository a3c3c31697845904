package credit

import "github.com/targetprop/targetprop/kernels"

// directFeedback is the rule of Nøkland (2016), "Direct feedback alignment provides
// learning in deep neural networks": fixed random weights lead from the top's delta to
// each layer.
type directFeedback struct {
	*pass
	feedback []kernels.Packed // feedback[l-1] leads to layer l, for l = 1..M-1
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
	r.sendBack(l, r.top(), r.feedback[l-1], lo, hi)
}

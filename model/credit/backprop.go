package credit

// backprop is back-propagation: d_l = (d_{l+1} W_{l+1}^T) * s'_l. It is the gradient of
// the loss.
type backprop struct{ *pass }

func newBackprop(p *pass) assigner { return backprop{p} }

func (r backprop) own() []*layer { return nil }

func (r backprop) resize(int) {}

func (r backprop) stages() int { return r.top() - 1 }

// stage s is layer M-1-s.
func (r backprop) stage(s, lo, hi int) {
	l := r.top() - 1 - s
	r.sendBack(l, l+1, r.layers[l].Weights, lo, hi)
}

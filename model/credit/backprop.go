package credit

import "github.com/targetprop/targetprop/kernels"

// backprop is back-propagation: d_l = (d_{l+1} W_{l+1}^T) * s'_l. It is the gradient of
// the loss.
type backprop struct {
	bare
	down []kernels.Packed // down[l-1] is W_{l+1}^T, for l = 1..M-1
}

func newBackprop(p *pass) assigner {
	r := &backprop{bare: bare{p}}
	for _, above := range p.layers[1:] {
		r.down = append(r.down, p.newTransposed(above.Weights))
	}
	return r
}

func (r *backprop) stages() int { return r.top() - 1 }

// stage s is layer M-1-s.
func (r *backprop) stage(s, lo, hi int) {
	l := r.top() - 1 - s
	r.sendBack(l, l+1, r.down[l-1], lo, hi)
}

func (r *backprop) transposed(l int) kernels.Packed {
	if l == 1 {
		return kernels.Packed{}
	}
	return r.down[l-2]
}

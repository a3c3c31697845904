package credit

import (
	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model/internal/linalg"
	"github.com/targetprop/targetprop/model/internal/random"
)

// feedbackAlignment is the rule of Lillicrap, Cownden, Tweed and Akerman (2016), "Random
// synaptic feedback weights support error backpropagation for deep learning":
// d_l = (d_{l+1} B_{l+1}) * s'_l, with fixed random weights B_{l+1}.
type feedbackAlignment struct {
	bare
	feedback []kernels.Packed // feedback[l-1] is B_{l+1}, for l = 1..M-1
}

func newFeedbackAlignment(p *pass) assigner {
	r := &feedbackAlignment{bare: bare{p}}
	for l := 1; l < p.top(); l++ {
		r.feedback = append(r.feedback, fixedFeedback(p, l, l+1))
	}
	return r
}

// fixedFeedback are random weights for [pass.sendBack] to layer l from another. They are
// semi-orthonormal, as those of a new network. They depend on the seed alone, so that no
// file needs them.
func fixedFeedback(p *pass, l, from int) kernels.Packed {
	w := kernels.NewPacked(p.network.Config.Sizes[from]+1, p.network.Config.Sizes[l])
	linalg.Orthonormal(p.serial, w, kernels.Noise{Seed: p.settings.Seed, Stream: random.Feedback, Step: uint32(l)})
	return w
}

func (r *feedbackAlignment) stages() int { return r.top() - 1 }

// stage s is layer M-1-s.
func (r *feedbackAlignment) stage(s, lo, hi int) {
	l := r.top() - 1 - s
	r.sendBack(l, l+1, r.feedback[l-1], lo, hi)
}

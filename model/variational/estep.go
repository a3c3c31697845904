package variational

import (
	"fmt"
	"math"

	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model"
	"github.com/targetprop/targetprop/model/internal/density"
	"github.com/targetprop/targetprop/model/internal/random"
)

// EStep are the settings of the E-step of Algorithm 1. See [Terms] for the
// objective J.
type EStep struct {
	Steps    int     // T
	Delta    float32 // step along the gradient of J
	Alpha    float32 // weight of log q(h|x) in J
	Gradient InnerGradient
	// Langevin adds noise of variance 2*Delta to every step. With it the E-step
	// is variational MCMC, which draws h from a density proportional to e^J;
	// without it, variational MAP.
	Langevin bool
	// Prior takes log p(h[M]), with the network's prior, into J. Steps then
	// overshoot where Delta is more than twice the variance of a unit.
	Prior bool
}

// DefaultEStep is variational MAP by targetprop, with the step and the number of
// steps of Algorithm 2. The paper gives no numbers for Algorithm 1.
func DefaultEStep() EStep {
	return EStep{Steps: 15, Delta: 0.1, Alpha: 0.1}
}

// maxSteps keeps a mistyped number from asking for all of time.
const maxSteps = 1 << 20

// Validate says what is wrong with the settings, if anything is.
func (v EStep) Validate() error {
	switch {
	case v.Steps < 0 || v.Steps > maxSteps:
		return fmt.Errorf("model: %d steps of the E-step: want 0 to %d", v.Steps, maxSteps)
	case !(v.Delta >= 0 && v.Delta <= 1):
		return fmt.Errorf("model: delta %v: want 0 to 1", v.Delta)
	case !(v.Alpha >= 0 && v.Alpha <= 1e3):
		return fmt.Errorf("model: alpha %v: want 0 to 1000", v.Alpha)
	case !innerGradients.Valid(v.Gradient):
		return fmt.Errorf("model: unknown inner gradient %v", v.Gradient)
	}
	return nil
}

// hasNoiseFor tells whether the steps of so many E-steps, at most 2^32, have numbers of 32 bits.
func (v EStep) hasNoiseFor(count int64) bool {
	return count <= 1<<32 && count*int64(v.Steps) <= 1<<32
}

// Run is the E-step. Given x in s.H[0] it starts the hidden states at the mean
// of q(h|x), the encoder's. Then it takes Steps times
//
//	h += Delta * dJ/dh  (Langevin: + sqrt(2*Delta) * N(0, 1))
//
// in all layers at once. The noise of example i depends on the seed, on number,
// which tells E-steps apart, and on i. Run fails with [model.ErrNoPrior] if J is
// to have the prior's term and the network has no prior.
func (v EStep) Run(e *kernels.Engine, n *model.Network, s *model.States, seed uint64, number int) error {
	if err := v.Validate(); err != nil {
		return err
	}
	if err := n.Validate(); err != nil {
		return err
	}
	if err := n.CheckStates(s); err != nil {
		return err
	}
	if number < 0 || int64(number) >= 1<<32 || !v.hasNoiseFor(int64(number)+1) {
		return fmt.Errorf("model: E-step %d of %d steps: want 0 or more, and fewer than 2^32 steps in all, which draw noise of their own", number, v.Steps)
	}
	prior, err := density.NewPrior(e, n, v.Prior)
	if err != nil {
		return err
	}
	start(e, n, s)
	v.ascend(e, n, s, prior, seed, number)
	return nil
}

// start sets the hidden states to the mean of q(h|x): INFERENCE without
// iterations.
func start(e *kernels.Engine, n *model.Network, s *model.States) { n.Infer(e, s, model.Inference{}) }

// ascend moves the hidden states uphill on J, from where they are. The threads
// share the examples out and never wait for each other.
func (v EStep) ascend(e *kernels.Engine, n *model.Network, s *model.States, prior *density.Prior, seed uint64, number int) {
	transposed := transposes(n, v.Gradient)
	serial := e.Serial()
	e.Split(s.H[0].Rows, func(lo, hi int) {
		share := s.Slice(lo, hi)
		g := newGradient(n, share, v.Gradient, v.Alpha, prior, transposed)
		for t := range v.Steps {
			g.find(serial)
			v.step(serial, share, g.of, kernels.Noise{Seed: seed, Step: uint32(number*v.Steps + t)}, lo)
		}
	})
}

// step moves the states along the gradient. Row 0 of s is example first, whose
// noise it draws.
func (v EStep) step(e *kernels.Engine, s *model.States, gradient []kernels.Matrix, noise kernels.Noise, first int) {
	for l := 1; l < len(s.H); l++ {
		h := s.H[l]
		for i := range h.Rows {
			row := h.Row(i)
			for j, g := range gradient[l].Row(i) {
				row[j] += float32(v.Delta * g)
			}
		}
		if v.Langevin {
			noise.Stream = random.Langevin + uint16(l)
			e.AddGaussian(h, h, float32(math.Sqrt(2*float64(v.Delta))), noise, first)
		}
	}
}

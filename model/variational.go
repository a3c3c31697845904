package model

import (
	"fmt"

	"github.com/targetprop/targetprop/internal/enum"
	"github.com/targetprop/targetprop/kernels"
)

// InnerGradient is how the E-step of Algorithm 1 finds the gradient of the
// terms of J in which a layer stands right of the bar, so that it lies on the
// other side of a map.
type InnerGradient uint8

const (
	// Targetprop sends activations there and back (Equation 12):
	//
	//	d log p(h[l-1]|h[l]) / dh[l]   ~ f_l(h[l-1]) - f_l(g_l(h[l]))
	//	d log q(h[l]|h[l-1]) / dh[l-1] ~ g_l(h[l]) - g_l(f_l(h[l-1]))
	//
	// The first is the difference of what two denoising auto-encoders say:
	// f_l(h[l-1]) - h[l] of log p(h[l-1], h[l]), and f_l(g_l(h[l])) - h[l] of
	// log p(h[l]). The second is its mirror image.
	Targetprop InnerGradient = iota
	// Exact takes the derivative of that one map.
	Exact
)

var innerGradients = enum.Names[InnerGradient]{
	Package: "model", Type: "InnerGradient", Kind: "inner gradient",
	Names: []string{Targetprop: "targetprop", Exact: "exact"},
}

// String is the name that [ParseInnerGradient] reads.
func (g InnerGradient) String() string { return innerGradients.String(g) }

// ParseInnerGradient reads the name of an inner gradient.
func ParseInnerGradient(name string) (InnerGradient, error) { return innerGradients.Parse(name) }

// MarshalText writes the name.
func (g InnerGradient) MarshalText() ([]byte, error) { return innerGradients.MarshalText(g) }

// UnmarshalText reads the name.
func (g *InnerGradient) UnmarshalText(text []byte) error {
	return innerGradients.UnmarshalText(g, text)
}

// Variational are the settings of the E-step of Algorithm 1. See [Terms] for
// the objective J.
type Variational struct {
	Steps    int     // T
	Delta    float32 // step along the gradient of J
	Alpha    float32 // weight of log q(h|x) in J
	Gradient InnerGradient
	// Langevin adds noise of variance 2*Delta to every step: variational MCMC,
	// which draws h from a density proportional to e^J. Without it the E-step
	// is variational MAP.
	Langevin bool
	// Prior takes log p(h[M]), with the network's prior, into J. Steps then
	// overshoot where Delta is more than twice the variance of a unit.
	Prior bool
}

// DefaultVariational is variational MAP by targetprop, with the step and the
// number of steps of Algorithm 2. The paper gives no numbers for Algorithm 1.
func DefaultVariational() Variational {
	return Variational{Steps: 15, Delta: 0.1, Alpha: 0.1}
}

// Validate says what is wrong with the settings, if anything is.
func (v Variational) Validate() error {
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

// EStep is the E-step of Algorithm 1: given x in s.H[0] it starts the hidden
// states at the mean of q(h|x), the encoder's, and takes Steps times
//
//	h += Delta * dJ/dh  (Langevin: + sqrt(2*Delta) * N(0, 1))
//
// in all layers at once. The noise of example i depends on the seed, on number,
// which tells E-steps apart, and on i. It fails with [ErrNoPrior] if J is to
// have the prior's term and the network has no prior.
func (n *Network) EStep(e *kernels.Engine, s *States, settings Variational, seed uint64, number int) error {
	if err := settings.Validate(); err != nil {
		return err
	}
	prior, err := n.topPrior(e, settings.Prior)
	if err != nil {
		return err
	}
	n.Infer(e, s, Inference{})
	n.ascend(e, s, settings, prior, seed, number)
	return nil
}

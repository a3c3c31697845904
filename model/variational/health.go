package variational

import (
	"fmt"
	"math"

	"github.com/targetprop/targetprop/model"
	"github.com/targetprop/targetprop/model/internal/density"
	"github.com/targetprop/targetprop/model/internal/health"
)

// largest is the size of a mean, and of a standard deviation, beyond which a prior is taken for
// diverged: many times what states of any kind of unit come to.
const largest = 1e6

// judge fails if J on the minibatch, at its end, says that training went wrong: it is not finite, or
// a map's squared error is far larger than the data's values could make it. An encoder's may be, where
// noise or a weight of 0 let the states go far from its mean.
func (t *Trainer) judge(end Terms, examples []int) error {
	values := health.Of(t.states.H[0], examples)
	for l := range end.P {
		for i, term := range []float64{end.Q[l], end.P[l]} { // f and g of layer l+1
			if i == 0 && (t.Settings.EStep.Langevin || t.Settings.EStep.Alpha == 0) {
				continue
			}
			outputs := t.Network.Config.Sizes[l+1-i]
			if err := health.Minibatch(health.Name, 2*l+i, -2*term, outputs, values); err != nil {
				return err
			}
		}
	}
	if j := end.J(t.Settings.EStep.Alpha); j-j != 0 {
		return model.ErrDiverged
	}
	return nil
}

// checkPrior says what is wrong with the prior, if anything is, before it is in J.
func (t *Trainer) checkPrior() error {
	if !t.Settings.EStep.Prior {
		return nil
	}
	if err := t.Network.Validate(); err != nil {
		return err
	}
	for i, std := range t.Network.Prior.Std {
		if mean := t.Network.Prior.Mean[i]; !(math.Abs(float64(mean)) <= largest && std <= largest) {
			return fmt.Errorf("the prior: unit %d has mean %v and standard deviation %v: %w", i, mean, std, model.ErrDiverged)
		}
	}
	return nil
}

// overshoots blames what a diverged E-step without learning comes from, or err: Delta is larger than
// twice the variance of a unit of the prior.
func (t *Trainer) overshoots(err error) error {
	if !t.Settings.EStep.Prior {
		return err
	}
	delta := t.Settings.EStep.Delta
	for i, std := range t.Network.Prior.Std {
		if std = max(std, density.MinStd); delta > 2*std*std {
			return fmt.Errorf("model: the E-step overshoots: unit %d of the prior has a standard deviation of %v, for which EStep.Delta is to be at most %.2g, and it is %v: %w", i, std, 2*std*std, delta, err)
		}
	}
	return err
}

// Health fails with a [model.DivergedError] if a layer had the same values for all examples of the
// last minibatch. A network may not recover from that.
func (t *Trainer) Health() error {
	t.schedule.Check()
	if t.schedule.Step() == 0 {
		return nil
	}
	return health.Layers(t.states.H[0].Rows, health.Spans(t.states.H))
}

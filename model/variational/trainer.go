package variational

import (
	"cmp"
	"errors"
	"fmt"
	"math"

	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model"
	"github.com/targetprop/targetprop/model/internal/density"
	"github.com/targetprop/targetprop/model/internal/health"
	"github.com/targetprop/targetprop/model/internal/rows"
	"github.com/targetprop/targetprop/model/internal/schedule"
)

// Trainer trains a network by Algorithm 1, one minibatch at a time. A step is an
// E-step and an M-step. The M-step moves the parameters theta of all maps along
// dJ/dtheta at the states that the E-step found, averaged over the minibatch. Each
// map's gradient is a local delta rule. With the prior in J, Trainer learns the
// prior, too.
type Trainer struct {
	Network  *model.Network
	Settings Training
	checked  Training // they are these, or looked at again: see schedule.Recheck

	engine   *kernels.Engine
	data     model.Data
	schedule *schedule.Schedule

	states *model.States
	rules  []deltaRule
	prior  priorRule
}

// deltaRule is what the M-step keeps for a map.
type deltaRule struct {
	model.Map
	moments       kernels.Moments
	input, target int     // layers
	weight        float32 // of the map's term in J

	delta kernels.Packed
	loss  kernels.Matrix
}

// NewTrainer prepares to train n on data. If the prior is to be in J and n has
// none, n gets a standard Gaussian.
func NewTrainer(n *model.Network, data model.Data, settings Training, e *kernels.Engine) (*Trainer, error) {
	if err := settings.Validate(); err != nil {
		return nil, err
	}
	if err := n.CheckData(data); err != nil {
		return nil, err
	}
	order, err := schedule.New(data.Len(), settings.Batch, settings.Epochs, settings.Seed)
	if err != nil {
		return nil, err
	}
	if err := settings.checkNoise(order); err != nil {
		return nil, err
	}
	if err := order.CheckMemory(n.Config.Sizes, true, settings.Optimizer, 1); err != nil {
		return nil, err
	}
	settings.Batch = order.Batch()
	t := &Trainer{Network: n, Settings: settings, checked: settings, engine: e, data: data, schedule: order.For(n, data)}
	for l := range n.Encoders {
		t.rules = append(t.rules,
			deltaRule{Map: n.Encoders[l], input: l, target: l + 1, weight: settings.EStep.Alpha},
			deltaRule{Map: n.Decoders[l], input: l + 1, target: l, weight: 1})
	}
	for i := range t.rules {
		r := &t.rules[i]
		r.moments = settings.Optimizer.NewMoments(len(r.Weights.Data))
	}
	if settings.EStep.Prior {
		if len(n.Prior.Mean) == 0 {
			n.Prior = standardPrior(n.Config.Sizes[n.Config.Latents()])
		}
		t.prior = newPriorRule(settings.Optimizer, len(n.Prior.Mean))
	}
	t.resize(settings.Batch)
	return t, nil
}

// resize makes the buffers for minibatches of b examples.
func (t *Trainer) resize(b int) {
	t.states = t.Network.NewStates(b)
	for i := range t.rules {
		r := &t.rules[i]
		r.delta = kernels.NewPacked(b, r.Outputs())
		r.loss = kernels.NewMatrix(b, kernels.Panel)
	}
}

// StepsPerEpoch is the number of minibatches in an epoch. The last may be
// smaller than the others.
func (t *Trainer) StepsPerEpoch() int { return t.schedule.StepsPerEpoch() }

// Position is the number of epochs done and of minibatches done in the next.
func (t *Trainer) Position() (epoch, step int) { return t.schedule.Position() }

// Done tells whether all epochs are.
func (t *Trainer) Done() bool { return t.schedule.Done(t.Settings.Epochs) }

// checkNoise fails if two E-steps of a training would draw the same noise.
func (v Training) checkNoise(order *schedule.Schedule) error {
	if count := int64(v.Epochs) * int64(order.StepsPerEpoch()); !v.EStep.hasNoiseFor(count) {
		return fmt.Errorf("model: %d minibatches with E-steps of %d steps: want fewer than 2^32 steps in all, which draw noise of their own", count, v.EStep.Steps)
	}
	return nil
}

// Progress is J on a minibatch, as means over its examples. The parameters are
// those from before the M-step.
type Progress struct {
	Examples int
	// Start is J at the mean of q(h|x), End is J after the E-step.
	Start, End Terms
}

// Step trains on the next minibatch. It fails with [model.ErrDiverged] before a
// minibatch touches the parameters on which J is no finite number, or a map's error far larger
// than the data's values could make it, and after one that made the prior run away. A value of
// the data that is not finite is another error.
func (t *Trainer) Step() (Progress, error) {
	if err := cmp.Or(schedule.Recheck(t.schedule, t.Network, t.Settings, &t.checked, t.Settings.Epochs, Training.follows), t.Settings.checkNoise(t.schedule)); err != nil {
		return Progress{}, err
	}
	n, e, s := t.Network, t.engine, t.Settings
	examples := t.schedule.Minibatch()
	b := len(examples)
	if b != t.states.H[0].Rows {
		t.resize(b)
	}
	if err := rows.Fetch(t.data, examples); err != nil {
		return Progress{}, err
	}
	e.Each(b, func(i int) { t.data.Read(examples[i], t.states.H[0].Row(i)) })
	if err := t.checkPrior(); err != nil {
		return Progress{}, err
	}
	prior, err := density.NewPrior(e, n, s.EStep.Prior)
	if err != nil {
		return Progress{}, err
	}
	p := Progress{Examples: b}
	start(e, n, t.states)
	p.Start = meanTerms(objective(e, n, t.states, prior))
	s.EStep.ascend(e, n, t.states, prior, s.Seed, t.schedule.Step())
	p.End = meanTerms(objective(e, n, t.states, prior))
	if err := t.judge(p.End, examples); err != nil {
		if errors.Is(err, model.ErrDiverged) {
			err = t.overshoots(err)
		}
		return Progress{}, err
	}
	t.mStep(t.schedule.Step() + 1)
	t.schedule.Advance()
	return p, t.checkPrior()
}

// mStep moves the parameters, as step number of the optimiser. The optimiser
// descends, so that it gets the gradient of -J.
func (t *Trainer) mStep(number int) {
	h := t.states.H
	b := float32(h[0].Rows)
	for i := range t.rules {
		r := &t.rules[i]
		clear(r.loss.Data)
		t.engine.AffineDelta(r.delta, r.loss, r.Activation, h[r.input], r.Weights, h[r.target], r.weight/b)
	}
	for i := range t.rules {
		r := &t.rules[i]
		t.engine.GradientStep(kernels.Descent{
			Optimizer: t.Settings.Optimizer, Step: number, Weights: r.Weights, Moments: r.moments,
		}, h[r.input], r.delta)
	}
	if t.Settings.EStep.Prior {
		t.prior.step(t.engine, t.Settings.Optimizer, number, t.Network.Prior, h[len(h)-1])
	}
}

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
	for i, r := range t.rules {
		if err := health.Squares(health.Name(i), r.moments); err != nil {
			return err
		}
	}
	return health.Layers(t.states.H[0].Rows, health.Spans(t.states.H))
}

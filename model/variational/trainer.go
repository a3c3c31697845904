package variational

import (
	"errors"
	"fmt"

	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model"
	"github.com/targetprop/targetprop/model/internal/density"
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
	checked  Training // they are these, or looked at again: see checkSettings

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
	settings.Batch = order.Batch()
	t := &Trainer{Network: n, Settings: settings, checked: settings, engine: e, data: data, schedule: order}
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
func (s Training) checkNoise(order *schedule.Schedule) error {
	if count := int64(s.Epochs) * int64(order.StepsPerEpoch()); !s.EStep.hasNoiseFor(count) {
		return fmt.Errorf("model: %d minibatches with E-steps of %d steps: want fewer than 2^32 steps in all, which draw noise of their own", count, s.EStep.Steps)
	}
	return nil
}

// checkSettings says what is wrong with the settings, if anything is: they may be changed between
// steps, but for what the trainer was made for.
func (t *Trainer) checkSettings() error {
	if err := t.schedule.GoesOn(); err != nil || t.Settings == t.checked {
		return err
	}
	now, was := t.Settings, t.checked
	if err := now.Validate(); err != nil {
		return err
	}
	if now.Batch != was.Batch || now.Seed != was.Seed || now.Optimizer.Rule != was.Optimizer.Rule || now.EStep.Prior != was.EStep.Prior || now.EStep.Alpha != was.EStep.Alpha {
		return fmt.Errorf("model: the settings are changed to batches of %d, seed %d, %v, prior %v and alpha %v: a trainer keeps %d, %d, %v, %v and %v",
			now.Batch, now.Seed, now.Optimizer.Rule, now.EStep.Prior, now.EStep.Alpha, was.Batch, was.Seed, was.Optimizer.Rule, was.EStep.Prior, was.EStep.Alpha)
	}
	if err := t.schedule.Fits(now.Epochs); err != nil {
		return err
	}
	if err := now.checkNoise(t.schedule); err != nil {
		return err
	}
	t.checked = now
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
	if err := t.checkSettings(); err != nil {
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

package credit

import (
	"cmp"
	"fmt"

	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model"
	"github.com/targetprop/targetprop/model/feedforward"
	"github.com/targetprop/targetprop/model/internal/best"
	"github.com/targetprop/targetprop/model/internal/health"
	"github.com/targetprop/targetprop/model/internal/schedule"
)

// Trainer trains a network on a set of examples, one minibatch at a time. Each epoch goes
// through all of them in a random order of its own.
type Trainer struct {
	Network  *feedforward.Network
	Settings Training
	checked  Training // they are these, or looked at again: see checkSettings

	learner  *Learner
	examples feedforward.Examples
	schedule *schedule.Schedule
	losses   []float64 // summed over the examples of this epoch
	best     *best.Epoch
}

// NewTrainer prepares to train n on the examples.
func NewTrainer(n *feedforward.Network, examples feedforward.Examples, settings Training, e *kernels.Engine) (*Trainer, error) {
	if err := n.CheckExamples(examples); err != nil {
		return nil, err
	}
	learner, err := NewLearner(n, settings, e)
	if err != nil {
		return nil, err
	}
	order, err := schedule.New(examples.Len(), settings.Batch, settings.Epochs, settings.Seed)
	if err != nil {
		return nil, err
	}
	settings.Batch = order.Batch()
	if err := learner.fits(settings.Batch); err != nil {
		return nil, err
	}
	return &Trainer{
		Network: n, Settings: settings, checked: settings,
		learner: learner, examples: examples, schedule: order.For(n, examples), losses: make([]float64, len(learner.losses)),
	}, nil
}

// StepsPerEpoch is the number of minibatches in an epoch. The last may be smaller than
// the others.
func (t *Trainer) StepsPerEpoch() int { return t.schedule.StepsPerEpoch() }

// Position is the number of epochs done and of minibatches done in the next.
func (t *Trainer) Position() (epoch, step int) { return t.schedule.Position() }

// Done tells whether all epochs are, or those until Patience ended.
func (t *Trainer) Done() bool {
	return t.schedule.Done(t.Settings.Epochs) || t.best.Stops(t.Settings.Patience)
}

// Step trains on the next minibatch and returns its size. It fails with
// [model.ErrDiverged] before a minibatch on which a loss is not finite touches the
// weights.
func (t *Trainer) Step() (int, error) {
	if err := t.checkSettings(); err != nil {
		return 0, err
	}
	if _, step := t.Position(); step == 0 {
		clear(t.losses)
	}
	t.learner.RateScale = t.rateScale()
	numbers := t.schedule.Minibatch()
	losses, err := t.learner.Step(t.examples, numbers)
	if err != nil {
		return 0, err
	}
	for i, mean := range losses {
		t.losses[i] += float64(mean * float64(len(numbers)))
	}
	t.schedule.Advance()
	return len(numbers), nil
}

// checkSettings says what is wrong with the network or the settings, if anything is. Epochs, Rates and Patience may
// be changed between steps; the others are those of the learner.
func (t *Trainer) checkSettings() error {
	if err := t.schedule.Trains(t.Network); err != nil || t.Settings == t.checked {
		return err
	}
	now := t.checked
	now.Epochs, now.Rates, now.Patience = t.Settings.Epochs, t.Settings.Rates, t.Settings.Patience
	if t.Settings != now {
		return fmt.Errorf("credit: the settings are changed to %+v: a trainer keeps all of %+v but Epochs, Rates and Patience", t.Settings, t.checked)
	}
	if err := cmp.Or(now.Validate(), t.schedule.Fits(now.Epochs)); err != nil {
		return err
	}
	t.checked = now
	return nil
}

// rateScale is what is left of the learning rates in this step. A straight line to 0 is
// reckoned as it was before there were other shapes, so that the same settings give the
// same bits.
func (t *Trainer) rateScale() float32 {
	rates, step, steps := t.Settings.Rates, t.schedule.Step(), t.Settings.Epochs*t.StepsPerEpoch()
	if rates == (model.Rates{Shape: model.Linear}) {
		return max(1-float32(step)/float32(steps), 0x1p-24) // not 0 beyond 2^24 steps, which float32 does not tell apart
	}
	return rates.At(1, step, steps)
}

// Health fails with a [model.DivergedError] if a hidden layer had the same values for all
// examples of the last minibatch: then what is above it can not learn.
func (t *Trainer) Health() error {
	t.schedule.Check()
	if t.learner.pass.examples == nil {
		return nil // no step yet
	}
	for _, l := range t.learner.layers {
		if err := health.Squares(l.name, l.moments); err != nil {
			return err
		}
	}
	layers := t.learner.pass.h[:t.learner.pass.top()]
	return health.Layers(layers[0].Rows, health.Spans(layers))
}

// Losses are the mean losses of this epoch so far: those of [Learner.Step].
func (t *Trainer) Losses() []float64 {
	mean := make([]float64, len(t.losses))
	for i, sum := range t.losses {
		mean[i] = sum / float64(t.schedule.Seen())
	}
	return mean
}

// Angles is [Learner.Angles] on the minibatch that [Trainer.Step] would take next.
func (t *Trainer) Angles() ([]Angle, error) {
	return t.learner.Angles(t.examples, t.schedule.Minibatch())
}

package reward

import (
	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model/credit"
	"github.com/targetprop/targetprop/model/feedforward"
)

// Trainer trains a network on a contextual bandit, one minibatch at a time. The network
// sees an example and predicts the reward of each class; the policy chooses one by the
// predictions; the reward is 1 if it is the example's label and 0 if not. The squared
// error of the chosen class's prediction is all that the network learns from, by the
// rule of credit assignment.
type Trainer struct {
	Network  *feedforward.Network
	Settings Training

	trainer *credit.Trainer
	bandit  *bandit
}

// NewTrainer prepares to train n, whose top predicts rewards: it is linear or logistic,
// and has a unit for each class.
func NewTrainer(n *feedforward.Network, examples feedforward.Labelled, settings Training, e *kernels.Engine) (*Trainer, error) {
	b, err := newBandit(n, examples, settings, e)
	if err != nil {
		return nil, err
	}
	trainer, err := credit.NewTrainer(n, b, settings.Training, e)
	if err != nil {
		return nil, err
	}
	return wrap(trainer, b, settings), nil
}

func newBandit(n *feedforward.Network, examples feedforward.Labelled, settings Training, e *kernels.Engine) (*bandit, error) {
	if err := settings.Validate(); err != nil {
		return nil, err
	}
	if err := n.Validate(); err != nil {
		return nil, err
	}
	if err := CheckTop(n.Config); err != nil {
		return nil, err
	}
	// The labels are checked again: the caller may have made examples without
	// NewLabelled, or for more classes than the network has.
	examples, err := feedforward.NewLabelled(examples.Data, examples.Labels, n.Config.Outputs())
	if err != nil {
		return nil, err
	}
	return &bandit{Labelled: examples, policy: settings.Policy, seed: settings.Seed, serial: e.Serial()}, nil
}

func wrap(trainer *credit.Trainer, b *bandit, settings Training) *Trainer {
	settings.Training = trainer.Settings
	return &Trainer{Network: trainer.Network, Settings: settings, trainer: trainer, bandit: b}
}

// credit is the trainer of the network, which works by the settings as they are now, and sees whether Network is another.
func (t *Trainer) credit() *credit.Trainer {
	if t.trainer == nil {
		panic("reward: this Trainer is not what NewTrainer or Resume returns")
	}
	t.trainer.Network, t.trainer.Settings = t.Network, t.Settings.Training
	return t.trainer
}

// StepsPerEpoch is the number of minibatches in an epoch.
func (t *Trainer) StepsPerEpoch() int { return t.credit().StepsPerEpoch() }

// Position is the number of epochs done and of minibatches done in the next.
func (t *Trainer) Position() (epoch, step int) { return t.credit().Position() }

// Done is that of [credit.Trainer.Done].
func (t *Trainer) Done() bool { return t.credit().Done() }

// Stopped is that of [credit.Trainer.Stopped].
func (t *Trainer) Stopped() bool { return t.credit().Stopped() }

// EndEpoch is that of [credit.Trainer.EndEpoch].
func (t *Trainer) EndEpoch(loss float64) error { return t.credit().EndEpoch(loss) }

// Best is that of [credit.Trainer.Best].
func (t *Trainer) Best() (epoch int, loss float64) { return t.credit().Best() }

// TakeBest is that of [credit.Trainer.TakeBest].
func (t *Trainer) TakeBest() error { return t.credit().TakeBest() }

// Step learns from the rewards of the next minibatch and returns its size. It fails as
// [credit.Trainer.Step] does.
func (t *Trainer) Step() (int, error) {
	epoch, step := t.Position()
	if err := t.Settings.Policy.Validate(); err != nil {
		return 0, err
	}
	earned := t.bandit.earned.Load()
	if step == 0 {
		t.bandit.earned.Store(0)
	}
	t.bandit.policy, t.bandit.epoch = t.Settings.Policy, epoch
	done := false
	defer func() {
		if !done { // a step that fails, or panics, leaves no trace
			t.bandit.earned.Store(earned)
		}
	}()
	n, err := t.credit().Step()
	done = err == nil
	return n, err
}

// Reward is the mean reward of this epoch so far, or of the last after its end.
func (t *Trainer) Reward() float64 {
	_, step := t.Position()
	seen := min(step*t.Settings.Batch, t.bandit.Len())
	if step == 0 {
		seen = t.bandit.Len()
	}
	return float64(t.bandit.earned.Load()) / float64(seen)
}

// Health is that of [credit.Trainer.Health].
func (t *Trainer) Health() error { return t.credit().Health() }

// Losses are those of [credit.Trainer.Losses].
func (t *Trainer) Losses() []float64 { return t.credit().Losses() }

// Angles are those of [credit.Trainer.Angles].
func (t *Trainer) Angles() ([]credit.Angle, error) {
	t.credit()
	defer t.bandit.earned.Store(t.bandit.earned.Load()) // what is chosen for them earns nothing
	return t.credit().Angles()
}

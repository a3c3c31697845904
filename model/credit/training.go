package credit

import (
	"fmt"

	"github.com/targetprop/targetprop/internal/memory"
	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model"
	"github.com/targetprop/targetprop/model/internal/best"
	"github.com/targetprop/targetprop/model/internal/schedule"
)

// Training are the settings of training.
type Training struct {
	Rule   Rule
	Epochs int
	Batch  int
	Seed   uint64 // of the order of the examples, noise, and the weights that rules have
	// Optimizer is that of the network's maps.
	Optimizer kernels.Optimizer
	// Rates are how the learning rates, also of the inverse maps, change over the steps, to
	// the end of the last epoch.
	Rates model.Rates `json:",omitzero"`
	// Patience is the number of epochs without a smaller error after which training is
	// done, if it is told of errors: see [Trainer.EndEpoch]. With 0 it goes on to the last
	// epoch.
	Patience int `json:",omitempty"`
	// InputNoise is the standard deviation of the Gaussian noise on the inputs.
	InputNoise float32
	// Targets are settings of [DifferenceTargets]. Other rules ignore them.
	Targets Targets
}

// Targets are the settings of difference target propagation.
type Targets struct {
	// Step is how far the first target, that of the layer below the top, lies from
	// the layer's state along the gradient of an example's loss.
	Step float32
	// Noise is the standard deviation of the Gaussian noise that the inverse maps
	// learn to remove.
	Noise float32
	// Optimizer is that of the inverse maps.
	Optimizer kernels.Optimizer
}

// DefaultTraining are settings for MNIST, pixels from 0 to 1. They were compared by validation
// error for [DifferenceTargets] alone, with one seed, two hidden layers of 400 tanh units and
// 10 epochs; the other rules take them over. The errors were between 1.9 and 2.4 % and their
// standard error 0.14: a step of 10 to the first target was far worse than 1, and noise of 0.5
// on the inputs worse than 0.3. Rates of 0.001 and 0.002, steps of 0.1 and 1, no noise on the
// inputs and 0.3, and noise of 0.1 and 0.3 for the inverse maps did not differ by more than
// chance. Epochs are more than in those runs.
func DefaultTraining(rule Rule) Training {
	adam := kernels.Optimizer{Rule: kernels.Adam, Rate: 2e-3, Momentum: 0.9, Decay: 0.999, Epsilon: 1e-8}
	inverse := adam
	inverse.Rate = 1e-3
	return Training{
		Rule:       rule,
		Epochs:     30,
		Batch:      100,
		Seed:       1,
		Optimizer:  adam,
		Rates:      model.Rates{Shape: model.Linear},
		InputNoise: 0.3,
		Targets:    Targets{Step: 1, Noise: 0.3, Optimizer: inverse},
	}
}

// Validate says what is wrong with the settings, if anything is.
func (t Training) Validate() error {
	if !rules.Valid(t.Rule) {
		return fmt.Errorf("credit: unknown rule %v", t.Rule)
	}
	if err := schedule.Validate(t.Epochs, t.Batch); err != nil {
		return err
	}
	if !(t.InputNoise >= 0 && t.InputNoise <= 1e3) {
		return fmt.Errorf("credit: noise of standard deviation %v on the inputs: want 0 to 1000", t.InputNoise)
	}
	if err := t.Rates.Validate(); err != nil {
		return err
	}
	if err := best.ValidatePatience(t.Patience); err != nil {
		return err
	}
	if err := t.Optimizer.Validate(); err != nil {
		return err
	}
	if t.Rule != DifferenceTargets {
		return nil
	}
	return t.Targets.Validate()
}

// Validate says what is wrong with the settings, if anything is.
func (t Targets) Validate() error {
	switch {
	case !(t.Step > 0 && t.Step <= 1e6):
		return fmt.Errorf("credit: a step of %v to the first target: want more than 0, at most 1,000,000", t.Step)
	case !(t.Noise >= 0 && t.Noise <= 1e3):
		return fmt.Errorf("credit: noise of standard deviation %v for inverse maps: want 0 to 1000", t.Noise)
	}
	if err := t.Optimizer.Validate(); err != nil {
		return fmt.Errorf("credit: inverse maps: %w", err)
	}
	return nil
}

// follows says what is wrong with settings for a training that goes on after others, if anything is.
func (t Training) follows(was Training) error {
	if err := t.Validate(); err != nil {
		return err
	}
	if t.Rule != was.Rule || t.Batch != was.Batch || t.Seed != was.Seed || t.Optimizer.Rule != was.Optimizer.Rule {
		return fmt.Errorf("credit: the settings are changed to %v, batches of %d, seed %d and %v: a trainer keeps %v, %d, %d and %v",
			t.Rule, t.Batch, t.Seed, t.Optimizer.Rule, was.Rule, was.Batch, was.Seed, was.Optimizer.Rule)
	}
	if t.Rule == DifferenceTargets && t.Targets.Optimizer.Rule != was.Targets.Optimizer.Rule {
		return fmt.Errorf("credit: the inverse maps' optimizer is changed to %v: a trainer keeps %v", t.Targets.Optimizer.Rule, was.Targets.Optimizer.Rule)
	}
	return nil
}

// checkMemory fails if what the optimiser remembers does not fit in the memory that is free, with the maps by which errors come
// down: copies of those above the first, or others of their shapes, which learn in [DifferenceTargets].
func (t Training) checkMemory(sizes []int) error {
	up, _ := memory.Weights(sizes, false)
	down, _ := memory.Weights(sizes[1:], false)
	moments := schedule.Moments(t.Optimizer)
	bytes := moments*up + down
	if t.Rule == DifferenceTargets {
		bytes += moments * down
	}
	return memory.Check(fmt.Sprintf("credit: to train a network of layers of %v units", sizes), bytes)
}

// checkMinibatch fails if a minibatch of so many examples does not fit in the memory that is free.
func (t Training) checkMinibatch(sizes []int, examples int) error {
	bytes := memory.Example(sizes, false)
	if t.Rule == DifferenceTargets {
		bytes += memory.Example(sizes[1:], false)
	}
	return memory.Check(fmt.Sprintf("credit: to train a network of layers of %v units by %d examples at a time", sizes, examples), float64(examples)*bytes)
}

package model

import (
	"fmt"

	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model/internal/best"
	"github.com/targetprop/targetprop/model/internal/schedule"
)

// Rates are the learning rates of the steps: a shape, what is left at the end, and steps
// of warming up. The zero value is one rate for all.
type Rates = schedule.Rates

// Shape is how the learning rate falls: [Constant], [Linear] or [Cosine].
type Shape = schedule.Shape

// The shapes: not at all, in a straight line, along half a wave.
const (
	Constant = schedule.Constant
	Linear   = schedule.Linear
	Cosine   = schedule.Cosine
)

// Training are the settings of TRAIN in Algorithm 2.
type Training struct {
	Epochs    int
	Batch     int
	Seed      uint64
	Inference Inference
	Optimizer kernels.Optimizer
	// Rates are how its Rate changes over the steps. It falls over all Epochs: with more
	// of them it falls more slowly.
	Rates Rates `json:",omitzero"`
	// Patience is the number of epochs without a better reconstruction after which
	// training is done, if it is told of reconstructions: see [Trainer.EndEpoch]. With 0
	// it goes on to the last epoch.
	Patience int `json:",omitempty"`
	// UpNoise is the standard deviation of the Gaussian noise on the inputs of
	// the encoder maps, DownNoise on those of the decoder maps. The decoder's
	// input from a layer of sigmoid units has no Gaussian noise. It is the mean
	// of Draws Bernoulli numbers, as of spikes.
	UpNoise, DownNoise float32
	Draws              int
}

// DefaultTraining are the settings of the authors' experiment.
func DefaultTraining() Training {
	return Training{
		Epochs:    20,
		Batch:     100,
		Seed:      1,
		Inference: TrainInference(),
		Optimizer: kernels.Optimizer{Rule: kernels.RMSProp, Rate: 1e-5, Momentum: 0.9, Decay: 0.95, Epsilon: 1e-4},
		UpNoise:   0.5,
		DownNoise: 0.3,
		Draws:     3,
	}
}

// DeepTraining are settings with which chains of three or more latent layers learn. They
// are those of [DefaultTraining] but for three.
//
// Alpha is larger, since with 0.001 nothing keeps the layers in the middle near what is
// above them, and they grow without bound. With 0.1 they shrink to nothing.
//
// UpNoise is smaller, since a denoising encoder shrinks what it passes on, by
// V/(V + UpNoise^2) for inputs of variance V. INFERENCE stretches it again, by
// 1 + Iterations*Delta = 2.5 at most. With 0.5 the first prevails as soon as a layer's
// deviation falls below 0.4, and all layers above it follow.
//
// The rate falls in a straight line: at one rate, layers that had learned for twenty epochs
// were seen to burst. docs/reliability.md has the figures.
func DeepTraining() Training {
	t := DefaultTraining()
	t.Inference.Alpha, t.UpNoise = 0.03, 0.1
	t.Rates = Rates{Shape: Linear, Final: 0.05}
	return t
}

// Validate says what is wrong with the settings, if anything is.
func (t Training) Validate() error {
	if err := schedule.Validate(t.Epochs, t.Batch); err != nil {
		return err
	}
	if err := t.Corruption().Validate(); err != nil {
		return err
	}
	if err := t.Inference.Validate(); err != nil {
		return err
	}
	if err := t.Rates.Validate(); err != nil {
		return err
	}
	if err := best.ValidatePatience(t.Patience); err != nil {
		return err
	}
	return t.Optimizer.Validate()
}

// Corruption is the noise on the inputs of the maps in training. See [Training].
type Corruption struct {
	UpNoise, DownNoise float32
	Draws              int
}

// Corruption is the noise of these settings.
func (t Training) Corruption() Corruption { return Corruption{t.UpNoise, t.DownNoise, t.Draws} }

// Validate says what is wrong with the noise, if anything is.
func (c Corruption) Validate() error {
	switch {
	case !(c.UpNoise >= 0 && c.UpNoise <= 1e3) || !(c.DownNoise >= 0 && c.DownNoise <= 1e3):
		return fmt.Errorf("model: noise of standard deviation %v upwards and %v downwards: want 0 to 1000", c.UpNoise, c.DownNoise)
	case c.Draws < 1 || c.Draws > 1<<16:
		return fmt.Errorf("model: mean of %d Bernoulli draws: want 1 to %d", c.Draws, 1<<16)
	}
	return nil
}

// Up writes to dst the states src of a layer as its encoder map sees them in
// training. Row i of them draws the noise of row first+i.
func (c Corruption) Up(e *kernels.Engine, dst, src kernels.Matrix, noise kernels.Noise, first int) {
	e.AddGaussian(dst, src, c.UpNoise, noise, first)
}

// Down writes to dst the states src of a layer, whose units have the given
// activation, as its decoder map sees them in training. Row i of them draws the
// noise of row first+i.
func (c Corruption) Down(e *kernels.Engine, dst, src kernels.Matrix, units kernels.Activation, noise kernels.Noise, first int) {
	if units == kernels.Sigmoid {
		e.BernoulliMean(dst, src, c.Draws, noise, first)
	} else {
		e.AddGaussian(dst, src, c.DownNoise, noise, first)
	}
}

// follows says what is wrong with settings for a training that goes on after others, if anything is.
func (t Training) follows(was Training) error {
	if err := t.Validate(); err != nil {
		return err
	}
	if t.Batch != was.Batch || t.Seed != was.Seed || t.Optimizer.Rule != was.Optimizer.Rule {
		return fmt.Errorf("model: the settings are changed to batches of %d, seed %d and %v: a trainer keeps %d, %d and %v",
			t.Batch, t.Seed, t.Optimizer.Rule, was.Batch, was.Seed, was.Optimizer.Rule)
	}
	return nil
}

// recheck says what is wrong with a trainer's next step, of settings that may have changed since they were checked: see
// schedule.Recheck.
func (t Training) recheck(s *schedule.Schedule, network any, checked *Training) error {
	return schedule.Recheck(s, network, t, checked, t.Epochs, Training.follows)
}

package labelled

import (
	"fmt"
	"math"

	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model"
	"github.com/targetprop/targetprop/model/internal/best"
	"github.com/targetprop/targetprop/model/internal/schedule"
)

// Training are the settings of TRAIN with labels.
type Training struct {
	Epochs    int
	Batch     int
	Seed      uint64
	Inference Inference
	// Optimizer takes the steps. Rates are how its Rate changes over them, to the end of
	// the last epoch.
	Optimizer kernels.Optimizer
	Rates     model.Rates `json:",omitzero"`
	// Patience is the number of epochs without fewer mistakes after which training is
	// done, if it is told of them: see [Trainer.EndEpoch]. With 0 it goes on to the last
	// epoch.
	Patience int `json:",omitempty"`
	// Corruption is the noise of the maps' inputs. UpNoise is that of x alone:
	// the layers above inherit it.
	Corruption model.Corruption
	// MissingRate is the probability that a label is missing. It is drawn anew
	// for each example in each step.
	MissingRate float64
}

// DefaultTraining are the settings of docs/labels.md, chosen on the validation
// images of MNIST. There the network of [DefaultConfig](10, 784, 500, 300) is wrong
// on 2.2 % of them.
func DefaultTraining() Training {
	return Training{
		Epochs:     18,
		Batch:      100,
		Seed:       1,
		Inference:  Inference{Iterations: 1, Alpha: 0.5, Beta: 0.3},
		Optimizer:  kernels.Optimizer{Rule: kernels.Adam, Rate: 1e-3, Momentum: 0.9, Decay: 0.999, Epsilon: 1e-8},
		Rates:      model.Rates{Shape: model.Linear, Final: 0.03},
		Corruption: model.Corruption{UpNoise: 0.3, DownNoise: 0.3, Draws: 3},
	}
}

// Validate says what is wrong with the settings, if anything is.
func (t Training) Validate() error {
	if err := schedule.Validate(t.Epochs, t.Batch); err != nil {
		return err
	}
	if err := t.Inference.Validate(); err != nil {
		return err
	}
	if err := t.Corruption.Validate(); err != nil {
		return err
	}
	if err := t.Rates.Validate(); err != nil {
		return err
	}
	if err := best.ValidatePatience(t.Patience); err != nil {
		return err
	}
	if !(t.MissingRate >= 0 && t.MissingRate <= 1) {
		return fmt.Errorf("labelled: labels missing with probability %v: want 0 to 1", t.MissingRate)
	}
	return t.Optimizer.Validate()
}

// follows says what is wrong with settings for a training that goes on after others, if anything is.
func (t Training) follows(was Training) error {
	if err := t.Validate(); err != nil {
		return err
	}
	if t.Batch != was.Batch || t.Seed != was.Seed || t.Optimizer.Rule != was.Optimizer.Rule {
		return fmt.Errorf("labelled: the settings are changed to batches of %d, seed %d and %v: a trainer keeps %d, %d and %v",
			t.Batch, t.Seed, t.Optimizer.Rule, was.Batch, was.Seed, was.Optimizer.Rule)
	}
	return nil
}

// rate is the learning rate of a step of so many. A straight line without a warm-up is reckoned
// as it was before there were other shapes, so that the same settings give the same bits.
func (t Training) rate(step, steps int) float32 {
	first := t.Optimizer.Rate
	if t.Rates.Shape != model.Linear || t.Rates.Warmup > 0 {
		return t.Rates.At(first, step, steps)
	}
	left := 1 - float64(float64(step)/float64(steps)*(1-float64(t.Rates.Final)))
	return max(float32(float64(first)*left), math.SmallestNonzeroFloat32)
}

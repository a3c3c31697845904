package variational

import (
	"fmt"

	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model/internal/schedule"
)

// Training are the settings of Algorithm 1.
type Training struct {
	Epochs int
	Batch  int
	Seed   uint64
	EStep  EStep
	// Optimizer takes the steps of the M-step. Algorithm 1 as it stands is
	// stochastic gradient descent without momentum, of rate epsilon. RMSProp
	// and Adam scale each parameter's gradient, so that with them a small Alpha
	// does not slow the encoders down.
	Optimizer kernels.Optimizer
}

// DefaultTraining are settings under which the network of
// [model.DefaultConfig](784, 1000, 100) learns pictures of digits. The paper gives
// none. The rate is near the largest that works: with 0.1 the steps of g_2, whose
// inputs and outputs are many, overshoot. Narrow networks take 0.1.
func DefaultTraining() Training {
	return Training{
		Epochs:    20,
		Batch:     100,
		Seed:      1,
		EStep:     DefaultEStep(),
		Optimizer: kernels.Optimizer{Rule: kernels.SGD, Rate: 1e-2},
	}
}

// Validate says what is wrong with the settings, if anything is.
func (v Training) Validate() error {
	if err := schedule.Validate(v.Epochs, v.Batch); err != nil {
		return err
	}
	if err := v.EStep.Validate(); err != nil {
		return err
	}
	return v.Optimizer.Validate()
}

// follows says what is wrong with settings for a training that goes on after others, if anything is.
func (v Training) follows(was Training) error {
	if err := v.Validate(); err != nil {
		return err
	}
	if v.Batch != was.Batch || v.Seed != was.Seed || v.Optimizer.Rule != was.Optimizer.Rule || v.EStep.Prior != was.EStep.Prior || v.EStep.Alpha != was.EStep.Alpha {
		return fmt.Errorf("model: the settings are changed to batches of %d, seed %d, %v, prior %v and alpha %v: a trainer keeps %d, %d, %v, %v and %v",
			v.Batch, v.Seed, v.Optimizer.Rule, v.EStep.Prior, v.EStep.Alpha, was.Batch, was.Seed, was.Optimizer.Rule, was.EStep.Prior, was.EStep.Alpha)
	}
	return nil
}

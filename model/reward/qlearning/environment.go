package qlearning

import (
	"errors"
	"fmt"

	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model"
	"github.com/targetprop/targetprop/model/feedforward"
	"github.com/targetprop/targetprop/model/internal/rows"
	"github.com/targetprop/targetprop/model/reward"
)

// Environment is a task in episodes.
type Environment interface {
	// Dim is the number of observed quantities, Actions that of actions.
	Dim() int
	Actions() int
	// Start begins an episode, which the seed and its number decide, and writes what
	// is observed to x.
	Start(seed uint64, episode int, x []float32)
	// Act takes an action, from 0, writes what is observed then to x, and says whether
	// the episode ended. Later rewards are 0 then.
	Act(action int, x []float32) (reward float32, ended bool)
}

// What an environment gives is at most this. A goal is a mean of rewards and a prediction: with larger ones the
// squares of gradients, summed over a minibatch, overflow float32, and transitions that are kept would
// fail in every minibatch that has them. Observed quantities times weights are summed only: tanh takes any.
const (
	largestReward   = 1 << 40 // 1e12
	largestObserved = 0x1p96  // 8e28
)

// checkObserved fails if what an environment gave in an episode is not finite, or too large to learn from.
func checkObserved(episode int, x []float32, reward float32) error {
	if reward-reward != 0 {
		return fmt.Errorf("qlearning: the environment gives a reward of %v in episode %d: want finite numbers", reward, episode)
	}
	if reward < -largestReward || reward > largestReward {
		return fmt.Errorf("qlearning: the environment gives a reward of %v in episode %d: want -%.2g to %.2g: scale the rewards", reward, episode, float64(largestReward), float64(largestReward))
	}
	if !rows.Finite(x) {
		return fmt.Errorf("qlearning: in the environment %v is observed in episode %d: want finite numbers", x, episode)
	}
	for _, v := range x {
		if v < -largestObserved || v > largestObserved {
			return fmt.Errorf("qlearning: in the environment %v is observed in episode %d: want -%.2g to %.2g: scale what is observed", x, episode, largestObserved, largestObserved)
		}
	}
	return nil
}

// predict is the values of the actions in what is observed, in the predictor's first row of inputs.
// It fails with [model.ErrDiverged] if one is not finite: no action is the best then.
func predict(p *feedforward.Predictor, e *kernels.Engine) ([]float32, error) {
	values := p.Outputs(e, 1).Row(0)
	if !rows.Finite(values) {
		return nil, fmt.Errorf("qlearning: the values of the actions are %v: %w", values, model.ErrDiverged)
	}
	return values, nil
}

// checkFit says why a network cannot act in an environment, if it cannot.
func checkFit(n *feedforward.Network, environment Environment) error {
	if err := n.Validate(); err != nil {
		return err
	}
	if environment == nil {
		return errors.New("qlearning: the environment is nil")
	}
	if err := reward.CheckTop(n.Config); err != nil {
		return err
	}
	if err := n.CheckInputs(environment.Dim()); err != nil {
		return err
	}
	if n.Config.Outputs() != environment.Actions() {
		return fmt.Errorf("qlearning: a network of %d outputs for %d actions: want one for each", n.Config.Outputs(), environment.Actions())
	}
	return nil
}

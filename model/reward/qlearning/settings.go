package qlearning

import (
	"fmt"

	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model/credit"
	"github.com/targetprop/targetprop/model/feedforward"
	"github.com/targetprop/targetprop/model/reward"
)

// Settings are the settings of learning.
type Settings struct {
	// Training is that of the network, and its Seed that of all random numbers. Epochs,
	// Rates and Patience have no meaning here.
	credit.Training
	// Policy chooses the actions.
	Policy reward.Policy
	// Explore is the number of steps over which the chance of a random action falls,
	// in a straight line, from 1 to the policy's Epsilon.
	Explore int
	// Limit is the number of steps after which an episode is cut short.
	Limit int
	// Discount is by how much a reward counts less with each step that it is away.
	Discount float32
	// Ahead is the number of rewards in a goal, if the episode has as many.
	Ahead int
	// Replay is the number of transitions that are kept. The oldest gives way.
	Replay int
	// Every is the number of steps between minibatches.
	Every int
	// Follow is how far the average network moves toward the network after each
	// minibatch, as a part of the way: with 1 it is a copy.
	Follow float32
	// Cool is the number of minibatches over which the learning rates fall, in a
	// straight line, to a tenth; they stay there. With 0 they do not fall.
	Cool int
}

// DefaultSettings are settings with which cart-pole is solved.
func DefaultSettings(rule credit.Rule) Settings {
	training := credit.DefaultTraining(rule)
	training.Batch, training.InputNoise = 128, 0
	training.Optimizer.Rate = 1e-3
	return Settings{
		Training: training,
		Policy:   reward.Policy{Kind: reward.EpsilonGreedy, Epsilon: 0.01},
		Explore:  5000,
		Limit:    500,
		Discount: 0.99,
		Ahead:    10,
		Replay:   200_000,
		Every:    2,
		Follow:   0.01,
		Cool:     40_000,
	}
}

// DefaultConfig is a network for an environment of so many observed quantities and
// actions. The second hidden layer is wider than the first, since difference targets need
// maps that can be inverted.
func DefaultConfig(dim, actions int) feedforward.Config {
	c := feedforward.Config{Sizes: []int{dim, 32, 128, actions}, Top: feedforward.Linear}
	c.Hidden = []kernels.Activation{kernels.Tanh, kernels.Tanh}
	return c
}

// Bounds that keep a mistyped number from asking for all of memory or time.
const (
	maxSteps    = 1 << 30
	maxEpisodes = 1 << 24 // of an evaluation
	maxReplay   = 1 << 24
)

// Validate says what is wrong with the settings, if anything is.
func (s Settings) Validate() error {
	if err := s.Training.Validate(); err != nil {
		return err
	}
	if err := s.Policy.Validate(); err != nil {
		return err
	}
	switch {
	case s.Explore < 0 || s.Explore > maxSteps:
		return fmt.Errorf("qlearning: %d steps to explore: want 0 to %d", s.Explore, maxSteps)
	case s.Limit < 1 || s.Limit > maxSteps:
		return fmt.Errorf("qlearning: episodes of up to %d steps: want 1 to %d", s.Limit, maxSteps)
	case !(s.Discount >= 0 && s.Discount < 1):
		return fmt.Errorf("qlearning: a discount of %v: want 0 or more, below 1", s.Discount)
	case s.Ahead < 1 || s.Ahead > maxSteps:
		return fmt.Errorf("qlearning: goals of %d rewards: want 1 to %d", s.Ahead, maxSteps)
	case s.Replay < s.Batch || s.Replay > maxReplay:
		return fmt.Errorf("qlearning: %d transitions kept: want those of a minibatch, %d, to %d", s.Replay, s.Batch, maxReplay)
	case s.Every < 1 || s.Every > maxSteps:
		return fmt.Errorf("qlearning: a minibatch every %d steps: want 1 to %d", s.Every, maxSteps)
	case s.Cool < 0 || s.Cool > maxSteps:
		return fmt.Errorf("qlearning: learning rates that fall over %d minibatches: want 0 to %d", s.Cool, maxSteps)
	case !(s.Follow > 0 && s.Follow <= 1):
		return fmt.Errorf("qlearning: an average network that follows by %v of the way: want more than 0, at most 1", s.Follow)
	}
	return nil
}

// policy is that of a step: random actions are likelier early on.
func (s Settings) policy(step int) reward.Policy {
	p := s.Policy
	if step < s.Explore {
		p.Epsilon = 1 - float64((1-p.Epsilon)*float64(step)/float64(s.Explore))
	}
	return p
}

// rateScale is what the learning rates are multiplied by at a minibatch.
func (s Settings) rateScale(number int) float32 {
	if s.Cool == 0 {
		return 1
	}
	return 1 - float32(0.9*float32(min(number, s.Cool))/float32(s.Cool))
}

package reward

import (
	"fmt"

	"github.com/targetprop/targetprop/model/credit"
	"github.com/targetprop/targetprop/model/feedforward"
)

// Training are the settings of learning from rewards. Seed is that of the choices too.
type Training struct {
	credit.Training
	Policy Policy
}

// DefaultTraining are the settings for a rule on MNIST: those of package credit, and a
// random choice 5 times in 100. docs/labels.md has what they reach, and what fewer do.
func DefaultTraining(rule credit.Rule) Training {
	return Training{Training: credit.DefaultTraining(rule), Policy: Policy{Kind: EpsilonGreedy, Epsilon: 0.05, Temperature: 0.1}}
}

// Validate says what is wrong with the settings, if anything is.
func (t Training) Validate() error {
	if err := t.Training.Validate(); err != nil {
		return err
	}
	return t.Policy.Validate()
}

// CheckTop fails unless a network predicts the reward of each action by itself.
func CheckTop(config feedforward.Config) error {
	if config.Top == feedforward.Softmax {
		return fmt.Errorf("reward: the network's top is softmax, whose outputs are no rewards: want linear or logistic")
	}
	return nil
}

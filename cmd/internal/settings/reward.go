package settings

import (
	"github.com/spf13/pflag"

	"github.com/targetprop/targetprop/cmd/internal/cli"
	"github.com/targetprop/targetprop/model/credit"
	"github.com/targetprop/targetprop/model/feedforward"
	"github.com/targetprop/targetprop/model/reward"
)

// Reward are the settings of a network that chooses a class and is told only
// whether it was right.
type Reward struct {
	Layers   Layers // hidden; the data set the other sizes
	Training reward.Training
}

// rewardRate is half of the rate with labels. A reward tells of one class alone, and says it
// with more noise: at the whole rate, and with twice the units, three of four rules learned
// nothing of the built-in digits. docs/labels.md has the trials.
const rewardRate = 0.001

// DefaultReward are those of package reward for a rule, but for the rate and what depends on
// what was given.
func DefaultReward(rule credit.Rule, given Given) Reward {
	s := Reward{Layers: Layers{500, 500}, Training: reward.DefaultTraining(rule)}
	s.Training.Optimizer.Rate = rewardRate
	rewardOptimizers.take(&s.Training.Optimizer, given)
	return s
}

// MainFlags binds flags to s, with its values as defaults.
func (s *Reward) MainFlags() *pflag.FlagSet {
	f, p := creditMainFlags(&s.Layers, &s.Training.Training), &s.Training.Policy
	f.TextVar(&p.Kind, "policy", p.Kind, "`policy` that chooses by the predicted rewards: epsilon-greedy or softmax")
	f.Float64Var(&p.Epsilon, "explore", p.Epsilon, "`chance` of a random choice, with epsilon-greedy")
	f.Float32Var(&p.Temperature, "temperature", p.Temperature, "`temperature` of softmax, in rewards")
	return f
}

// AdvancedFlags binds the flags that few need.
func (s *Reward) AdvancedFlags() *pflag.FlagSet { return creditAdvancedFlags(&s.Training.Training) }

// Validate finds bad values before any file is looked at.
func (s *Reward) Validate() error {
	if err := s.Config(1, 2).Validate(); err != nil {
		return cli.Usage(err)
	}
	if err := s.Training.Validate(); err != nil {
		return cli.Usage(err)
	}
	return nil
}

// Schedule is where the numbers of epochs and of images in a minibatch are.
func (s *Reward) Schedule() (epochs, batch *int) { return &s.Training.Epochs, &s.Training.Batch }

// Config is the network on images of so many pixels and classes. Its outputs are
// the predicted rewards.
func (s *Reward) Config(visible, classes int) feedforward.Config {
	return feedforward.DefaultConfig(feedforward.Logistic, feedforwardSizes(visible, s.Layers, classes)...)
}

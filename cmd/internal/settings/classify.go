package settings

import (
	"slices"

	"github.com/spf13/pflag"

	"github.com/targetprop/targetprop/cmd/internal/cli"
	"github.com/targetprop/targetprop/model/credit"
	"github.com/targetprop/targetprop/model/feedforward"
)

// Classify are the settings of a classifier whose layers learn by a rule of
// credit assignment.
type Classify struct {
	Layers   Layers // hidden; the data set the other sizes
	Training credit.Training
}

// DefaultRule is the rule by which layers learn if nobody chose another.
const DefaultRule = credit.DifferenceTargets

// DefaultClassify are those of package credit for a rule, but for what depends on what
// was given.
func DefaultClassify(rule credit.Rule, given Given) Classify {
	s := Classify{Layers: Layers{1000, 1000}, Training: credit.DefaultTraining(rule)}
	classifyOptimizers.take(&s.Training.Optimizer, given)
	return s
}

// MainFlags binds flags to s, with its values as defaults.
func (s *Classify) MainFlags() *pflag.FlagSet { return creditMainFlags(&s.Layers, &s.Training) }

// AdvancedFlags binds the flags that few need.
func (s *Classify) AdvancedFlags() *pflag.FlagSet { return creditAdvancedFlags(&s.Training) }

// Validate finds bad values before any file is looked at.
func (s *Classify) Validate() error {
	if err := s.Config(1, 2).Validate(); err != nil {
		return cli.Usage(err)
	}
	if err := s.Training.Validate(); err != nil {
		return cli.Usage(err)
	}
	return nil
}

// Schedule is where the numbers of epochs and of images in a minibatch are.
func (s *Classify) Schedule() (epochs, batch *int) { return &s.Training.Epochs, &s.Training.Batch }

// Config is the network on images of so many pixels and classes.
func (s *Classify) Config(visible, classes int) feedforward.Config {
	return feedforward.DefaultConfig(feedforward.Softmax, feedforwardSizes(visible, s.Layers, classes)...)
}

func feedforwardSizes(visible int, hidden Layers, classes int) []int {
	return slices.Concat([]int{visible}, hidden, []int{classes})
}

// creditMainFlags and creditAdvancedFlags are the flags of feed-forward networks.
func creditMainFlags(layers *Layers, t *credit.Training) *pflag.FlagSet {
	f := newFlagSet()
	f.TextVar(&t.Rule, "rule", t.Rule, "`rule` of credit assignment: backprop, fa, dfa or dtp")
	schedule{&t.Epochs, layers, "hidden", &t.Batch, &t.Optimizer.Rate, &t.Seed}.bind(f)
	return f
}

func creditAdvancedFlags(t *credit.Training) *pflag.FlagSet {
	f := newFlagSet()
	bindOptimizer(f, &t.Optimizer)
	bindRates(f, &t.Rates, &t.Patience)
	f.Var(cooling{&t.Rates.Shape}, "cooling", "let the learning rate fall: the same as --schedule linear; --cooling=false is --schedule constant")
	f.Lookup("cooling").NoOptDefVal = "true"
	f.Float32Var(&t.InputNoise, "input-noise", t.InputNoise, "standard `deviation` of the noise on the images")
	f.Float32Var(&t.Targets.Step, "target-step", t.Targets.Step, "`step` from the highest hidden layer to its target, with dtp")
	f.Float32Var(&t.Targets.Noise, "target-noise", t.Targets.Noise, "standard `deviation` of the noise that the inverse maps of dtp learn to remove")
	f.Float32Var(&t.Targets.Optimizer.Rate, "target-lr", t.Targets.Optimizer.Rate, "learning `rate` of the inverse maps of dtp")
	return f
}

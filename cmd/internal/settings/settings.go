// Package settings is what a training is set to, as a value and as flags: one
// file a task.
package settings

import (
	"github.com/spf13/pflag"

	"github.com/targetprop/targetprop/dataset"
	"github.com/targetprop/targetprop/kernels"
)

// Settings are what a run is made of, besides the data.
type Settings interface {
	// MainFlags binds flags to the settings, with their values as defaults.
	MainFlags() *pflag.FlagSet
	// AdvancedFlags binds the flags that few need.
	AdvancedFlags() *pflag.FlagSet
	// Validate finds bad values before any file is looked at.
	Validate() error
	// Schedule is where the numbers of epochs and of images in a minibatch are.
	Schedule() (epochs, batch *int)
}

// Flags are all flags of s.
func Flags(s Settings) *pflag.FlagSet {
	f := s.MainFlags()
	f.AddFlagSet(s.AdvancedFlags())
	return f
}

// Value is the text of the setting that has a flag of that name.
func Value(s Settings, name string) string { return Flags(s).Lookup(name).Value.String() }

// Range is a set as a network of the settings reads it.
func Range(s Settings, set dataset.Set) dataset.Set {
	if r, ok := s.(interface {
		Range(dataset.Set) dataset.Set
	}); ok {
		return r.Range(set)
	}
	return set
}

// Validates tells whether a training of generative models looks at the validation images,
// which a process of a group may not have otherwise.
func Validates(s Settings) bool {
	v, ok := s.(interface{ Validates() bool })
	return ok && v.Validates()
}

func newFlagSet() *pflag.FlagSet {
	f := pflag.NewFlagSet("", pflag.ContinueOnError)
	f.SortFlags = false
	return f
}

// schedule binds the main flags of all tasks, in their order.
type schedule struct {
	epochs *int
	layers *Layers
	which  string // layers
	batch  *int
	rate   *float32
	seed   *uint64
}

func (s schedule) bind(f *pflag.FlagSet) {
	f.IntVar(s.epochs, "epochs", *s.epochs, "`number` of passes over the training images")
	f.Var(s.layers, "layers", "`sizes` of the "+s.which+" layers, from the bottom up")
	f.IntVar(s.batch, "batch", *s.batch, "`number` of images in a minibatch")
	f.Float32Var(s.rate, "lr", *s.rate, "learning `rate`")
	f.Uint64Var(s.seed, "seed", *s.seed, "`seed` of all random numbers")
}

// bindOptimizer binds the advanced flags of an optimiser.
func bindOptimizer(f *pflag.FlagSet, o *kernels.Optimizer) {
	f.TextVar(&o.Rule, "optimizer", o.Rule, "`rule`: rmsprop, sgd or adam")
	f.Float32Var(&o.Momentum, "momentum", o.Momentum, "`momentum` of the optimizer; beta 1 of adam")
	f.Float32Var(&o.Decay, "decay", o.Decay, "`decay` of the averages of rmsprop; beta 2 of adam")
	f.Float32Var(&o.Epsilon, "epsilon", o.Epsilon, "`number` that keeps rmsprop and adam from dividing by 0")
}

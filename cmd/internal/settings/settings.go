// Package settings is what a training is set to, as a value and as flags.
package settings

import (
	"github.com/spf13/pflag"

	"github.com/targetprop/targetprop/cmd/internal/cli"
	"github.com/targetprop/targetprop/cmd/internal/data"
	"github.com/targetprop/targetprop/model"
)

// Settings are what a run is made of, besides the data.
type Settings struct {
	Layers   Layers // latent; the data set the visible size
	Training model.Training
}

// Default are the settings for a data source: the authors', but for the built-in
// digits. They are fewer than a sixth of MNIST, so that an epoch has as many
// fewer steps, and take more and longer ones. At three times the rate training
// diverges.
func Default(source string) Settings {
	s := Settings{Layers: Layers{1000, 100}, Training: model.DefaultTraining()}
	if source == data.Default {
		s.Training.Epochs = 25
		s.Training.Optimizer.Rate = 2e-5
	}
	return s
}

// MainFlags binds flags to s, with its values as defaults.
func (s *Settings) MainFlags() *pflag.FlagSet {
	f, t := newFlagSet(), &s.Training
	f.IntVar(&t.Epochs, "epochs", t.Epochs, "`number` of passes over the training images")
	f.Var(&s.Layers, "layers", "`sizes` of the latent layers, from the bottom up")
	f.IntVar(&t.Batch, "batch", t.Batch, "`number` of images in a minibatch")
	f.Float32Var(&t.Optimizer.Rate, "lr", t.Optimizer.Rate, "learning `rate`")
	f.Uint64Var(&t.Seed, "seed", t.Seed, "`seed` of all random numbers")
	return f
}

// AdvancedFlags binds the flags that few need.
func (s *Settings) AdvancedFlags() *pflag.FlagSet {
	f, t := newFlagSet(), &s.Training
	f.IntVar(&t.Inference.Iterations, "iterations", t.Inference.Iterations, "`number` of iterations of inference")
	f.Float32Var(&t.Inference.Delta, "delta", t.Inference.Delta, "`step` of inference towards the targetprop target")
	f.Float32Var(&t.Inference.Alpha, "alpha", t.Inference.Alpha, "`step` of inference towards the prediction from above")
	f.TextVar(&t.Optimizer.Rule, "optimizer", t.Optimizer.Rule, "`rule`: rmsprop, sgd or adam")
	f.Float32Var(&t.Optimizer.Momentum, "momentum", t.Optimizer.Momentum, "`momentum` of the optimizer; beta 1 of adam")
	f.Float32Var(&t.Optimizer.Decay, "decay", t.Optimizer.Decay, "`decay` of the averages of rmsprop; beta 2 of adam")
	f.Float32Var(&t.Optimizer.Epsilon, "epsilon", t.Optimizer.Epsilon, "`number` that keeps rmsprop and adam from dividing by 0")
	f.Float32Var(&t.UpNoise, "up-noise", t.UpNoise, "standard `deviation` of the noise on inputs of the encoder maps")
	f.Float32Var(&t.DownNoise, "down-noise", t.DownNoise, "standard `deviation` of the noise on inputs of the decoder maps")
	f.IntVar(&t.Draws, "draws", t.Draws, "`number` of Bernoulli draws that take the place of noise above sigmoid layers")
	return f
}

func newFlagSet() *pflag.FlagSet {
	f := pflag.NewFlagSet("", pflag.ContinueOnError)
	f.SortFlags = false
	return f
}

// flags are all flags of s.
func (s *Settings) flags() *pflag.FlagSet {
	f := s.MainFlags()
	f.AddFlagSet(s.AdvancedFlags())
	return f
}

// Validate finds bad values before any file is looked at.
func (s *Settings) Validate() error {
	if err := s.Config(1).Validate(); err != nil {
		return cli.Usage(err)
	}
	if err := s.Training.Validate(); err != nil {
		return cli.Usage(err)
	}
	return nil
}

// Config is the network on images of so many pixels.
func (s *Settings) Config(visible int) model.Config {
	return model.DefaultConfig(append([]int{visible}, s.Layers...)...)
}

// Value is the text of the setting that has a flag of that name.
func (s *Settings) Value(name string) string { return s.flags().Lookup(name).Value.String() }

package main

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/spf13/pflag"

	"github.com/targetprop/targetprop/model"
)

// settings are what a run is made of, besides the data.
type settings struct {
	layers   layerSizes // latent; the data set the visible size
	training model.Training
}

// defaultsFor are the settings for a data source: the authors', but the built-in
// digits are fewer than a sixth of MNIST, and an epoch has as many fewer steps.
// They take more and longer ones. At three times the rate training diverges.
func defaultsFor(data string) settings {
	s := settings{layers: layerSizes{1000, 100}, training: model.DefaultTraining()}
	if data == defaultData {
		s.training.Epochs = 25
		s.training.Optimizer.Rate = 2e-5
	}
	return s
}

// mainFlags and advancedFlags bind flags to s, with its values as defaults.
func (s *settings) mainFlags() *pflag.FlagSet {
	f, t := newFlagSet(), &s.training
	f.IntVar(&t.Epochs, "epochs", t.Epochs, "`number` of passes over the training images")
	f.Var(&s.layers, "layers", "`sizes` of the latent layers, from the bottom up")
	f.IntVar(&t.Batch, "batch", t.Batch, "`number` of images in a minibatch")
	f.Float32Var(&t.Optimizer.Rate, "lr", t.Optimizer.Rate, "learning `rate`")
	f.Uint64Var(&t.Seed, "seed", t.Seed, "`seed` of all random numbers")
	return f
}

func (s *settings) advancedFlags() *pflag.FlagSet {
	f, t := newFlagSet(), &s.training
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
func (s *settings) flags() *pflag.FlagSet {
	f := s.mainFlags()
	f.AddFlagSet(s.advancedFlags())
	return f
}

// override sets in s what the user gave, and returns the names of the flags
// whose values differ from what s had.
func (s *settings) override(given *pflag.FlagSet) (different []string, err error) {
	mine := s.flags()
	given.Visit(func(g *pflag.Flag) {
		f := mine.Lookup(g.Name)
		if f == nil || err != nil {
			return
		}
		before := f.Value.String()
		err = f.Value.Set(g.Value.String())
		if f.Value.String() != before {
			different = append(different, g.Name)
		}
	})
	return different, err
}

// validate finds bad values before any file is looked at.
func (s *settings) validate() error {
	if err := s.config(1).Validate(); err != nil {
		return usageError{err}
	}
	if err := s.training.Validate(); err != nil {
		return usageError{err}
	}
	return nil
}

// config is the network on images of so many pixels.
func (s *settings) config(visible int) model.Config {
	return model.DefaultConfig(append([]int{visible}, s.layers...)...)
}

// layerSizes is a flag's value: sizes with commas between them.
type layerSizes []int

func (l *layerSizes) Set(text string) error {
	var sizes layerSizes
	for part := range strings.SplitSeq(text, ",") {
		n, err := strconv.Atoi(strings.TrimSpace(part))
		if err != nil {
			return fmt.Errorf("want sizes with commas between them, as 1000,100")
		}
		sizes = append(sizes, n)
	}
	*l = sizes
	return nil
}

func (l *layerSizes) String() string {
	text := make([]string, len(*l))
	for i, n := range *l {
		text[i] = strconv.Itoa(n)
	}
	return strings.Join(text, ",")
}

func (l *layerSizes) Type() string { return "sizes" }

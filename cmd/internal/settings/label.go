package settings

import (
	"github.com/spf13/pflag"

	"github.com/targetprop/targetprop/cmd/internal/cli"
	"github.com/targetprop/targetprop/model/labelled"
)

// Label are the settings of a generative model of images and labels.
type Label struct {
	Layers   Layers // latent; the data set the visible size
	Training labelled.Training
}

// DefaultLabel are those of package labelled, but for what depends on what was given.
func DefaultLabel(given Given) Label {
	s := Label{Layers: Layers{1000, 300}, Training: labelled.DefaultTraining()}
	labelOptimizers.take(&s.Training.Optimizer, given)
	keepConstant(&s.Training.Rates, given)
	return s
}

// MainFlags binds flags to s, with its values as defaults.
func (s *Label) MainFlags() *pflag.FlagSet {
	f, t := newFlagSet(), &s.Training
	schedule{&t.Epochs, &s.Layers, "latent", &t.Batch, &t.Optimizer.Rate, &t.Seed}.bind(f)
	return f
}

// AdvancedFlags binds the flags that few need.
func (s *Label) AdvancedFlags() *pflag.FlagSet {
	f, t := newFlagSet(), &s.Training
	f.Float32Var(&t.Inference.Beta, "beta", t.Inference.Beta, "`step` of inference of the top layer towards the label")
	f.Float64Var(&t.MissingRate, "missing", t.MissingRate, "`chance` that an image's label is missing in a step")
	f.IntVar(&t.Inference.Iterations, "iterations", t.Inference.Iterations, "`number` of iterations of inference")
	f.Float32Var(&t.Inference.Delta, "delta", t.Inference.Delta, "`step` of inference towards the target from below")
	f.Float32Var(&t.Inference.Alpha, "alpha", t.Inference.Alpha, "`step` of inference towards the target from above")
	bindOptimizer(f, &t.Optimizer)
	bindRates(f, &t.Rates, &t.Patience)
	f.Float32Var(&t.Corruption.UpNoise, "up-noise", t.Corruption.UpNoise, "standard `deviation` of the noise on the images")
	f.Float32Var(&t.Corruption.DownNoise, "down-noise", t.Corruption.DownNoise, "standard `deviation` of the noise on inputs of the decoder maps")
	f.IntVar(&t.Corruption.Draws, "draws", t.Corruption.Draws, "`number` of Bernoulli draws that take the place of noise above sigmoid layers")
	return f
}

// Validate finds bad values before any file is looked at.
func (s *Label) Validate() error {
	if err := s.Config(1, 2).Validate(); err != nil {
		return cli.Usage(err)
	}
	if err := s.Training.Validate(); err != nil {
		return cli.Usage(err)
	}
	return nil
}

// Schedule is where the numbers of epochs and of images in a minibatch are.
func (s *Label) Schedule() (epochs, batch *int) { return &s.Training.Epochs, &s.Training.Batch }

// Config is the network on images of so many pixels and classes.
func (s *Label) Config(visible, classes int) labelled.Config {
	return labelled.DefaultConfig(classes, append([]int{visible}, s.Layers...)...)
}

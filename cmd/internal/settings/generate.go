package settings

import (
	"fmt"

	"github.com/spf13/pflag"

	"github.com/targetprop/targetprop/cmd/internal/cli"
	"github.com/targetprop/targetprop/cmd/internal/data"
	"github.com/targetprop/targetprop/dataset"
	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model"
)

// Generate are the settings of a generative model: Algorithm 2.
type Generate struct {
	Layers   Layers // latent; the data set the visible size
	Training model.Training
	Centred  bool // the images are read as -1 to 1, and the visible units are tanh
}

// DefaultGenerate are the settings for a data source: the authors', but for the
// built-in digits. They are fewer than a sixth of MNIST, so that an epoch has as
// many fewer steps, and take more and longer ones. At three times the rate
// training diverges. Three or more latent layers have the settings of
// model.DeepTraining.
func DefaultGenerate(source string, given Given) Generate {
	s := Generate{Layers: Layers{1000, 100}, Training: model.DefaultTraining()}
	text, _ := given.Value("layers")
	layers := Layers{}
	if layers.Set(text) != nil {
		layers = s.Layers
	}
	if len(layers) > 2 {
		s.Training = model.DeepTraining()
		keepConstant(&s.Training.Rates, given)
	}
	if source == data.Default {
		s.Training.Epochs = 25
		s.Training.Optimizer.Rate = 2e-5
	}
	adapt(&s.Training.Optimizer, given, layers)
	return s
}

// MainFlags binds flags to s, with its values as defaults.
func (s *Generate) MainFlags() *pflag.FlagSet {
	f, t := newFlagSet(), &s.Training
	schedule{&t.Epochs, &s.Layers, "latent", &t.Batch, &t.Optimizer.Rate, &t.Seed}.bind(f)
	return f
}

// AdvancedFlags binds the flags that few need.
func (s *Generate) AdvancedFlags() *pflag.FlagSet {
	f, t := newFlagSet(), &s.Training
	f.IntVar(&t.Inference.Iterations, "iterations", t.Inference.Iterations, "`number` of iterations of inference")
	f.Float32Var(&t.Inference.Delta, "delta", t.Inference.Delta, "`step` of inference towards the targetprop target")
	f.Float32Var(&t.Inference.Alpha, "alpha", t.Inference.Alpha, fmt.Sprintf("`step` of inference towards the prediction from above; %g if there are three or more latent layers", model.DeepTraining().Inference.Alpha))
	bindOptimizer(f, &t.Optimizer)
	bindRates(f, &t.Rates, &t.Patience)
	f.Float32Var(&t.UpNoise, "up-noise", t.UpNoise, fmt.Sprintf("standard `deviation` of the noise on inputs of the encoder maps; %g if there are three or more latent layers", model.DeepTraining().UpNoise))
	f.Float32Var(&t.DownNoise, "down-noise", t.DownNoise, "standard `deviation` of the noise on inputs of the decoder maps")
	f.BoolVar(&s.Centred, "centre", s.Centred, "read the images as -1 to 1, with tanh units, and not as 0 to 1")
	f.IntVar(&t.Draws, "draws", t.Draws, "`number` of Bernoulli draws that take the place of noise above sigmoid layers")
	return f
}

// Validate finds bad values before any file is looked at.
func (s *Generate) Validate() error {
	if err := s.Config(1).Validate(); err != nil {
		return cli.Usage(err)
	}
	if err := s.Training.Validate(); err != nil {
		return cli.Usage(err)
	}
	return nil
}

// Schedule is where the numbers of epochs and of images in a minibatch are.
func (s *Generate) Schedule() (epochs, batch *int) { return &s.Training.Epochs, &s.Training.Batch }

// Validates tells whether training looks at the validation images.
func (s *Generate) Validates() bool { return s.Training.Patience > 0 }

// Config is the network on images of so many pixels.
func (s *Generate) Config(visible int) model.Config {
	c := model.DefaultConfig(append([]int{visible}, s.Layers...)...)
	if s.Centred {
		c.Decoders[0] = kernels.Tanh
	}
	return c
}

// Range is the set as a network of these settings reads it.
func (s *Generate) Range(set dataset.Set) dataset.Set {
	if s.Centred {
		set.Train, set.Valid, set.Test = set.Train.Centred(), set.Valid.Centred(), set.Test.Centred()
	}
	return set
}

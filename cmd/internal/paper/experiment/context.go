package experiment

import (
	"github.com/targetprop/targetprop/cmd/internal/run"
	"github.com/targetprop/targetprop/dataset"
	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model"
)

// Context is what experiments are made with.
type Context struct {
	Engine    *kernels.Engine
	Source    string // of the data
	Set       dataset.Set
	FullMNIST bool         // whether the data are those of the published numbers
	Settings  run.Settings // of the first network
	Amounts   Amounts
	Networks  []*Network // the same with different seeds
}

// Seed is that of the first network and of all parts that need no other.
func (c *Context) Seed() uint64 { return c.Settings.Training.Seed }

// Network is a network that parts need.
type Network struct {
	Seed    uint64
	Dir     run.Dir        // of its training
	Model   *model.Network // once it is trained
	Digest  string         // of the model's file, once it is trained
	Seconds float64        // of training, by its log
}

// Amounts are how much of what is measured.
type Amounts struct {
	Samples   int // in each row of the table
	Steps     int // of the Markov chains whose ends are in the table
	Fill      int // test images to fill in
	Agreement int // test images on which gradients are compared after each epoch
	Small     int // training images of Algorithm 1
	Epochs    int // of Algorithm 1
}

// AmountsFor are the published amounts where there are any, or those of a short
// run. samples, if positive, are those of the table.
func AmountsFor(short bool, samples int, set dataset.Set) Amounts {
	a := Amounts{Samples: 10000, Steps: 20, Fill: 1000, Agreement: 1000, Small: 5000, Epochs: 10}
	if short {
		a = Amounts{Samples: 1000, Steps: 10, Fill: 100, Agreement: 300, Small: 1000, Epochs: 5}
	}
	if samples > 0 {
		a.Samples = samples
	}
	a.Fill, a.Agreement, a.Small = min(a.Fill, set.Test.Len()), min(a.Agreement, set.Test.Len()), min(a.Small, set.Train.Len())
	return a
}

// Walking are the settings of a chain: the noise is that of the training.
func (c *Context) Walking(chain model.Chain) model.Walking {
	w := model.DefaultWalking(chain)
	w.Seed, w.Steps, w.Corruption = c.Seed(), c.Amounts.Steps, c.Settings.Training.Corruption()
	return w
}

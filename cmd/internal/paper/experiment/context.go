package experiment

import (
	"github.com/targetprop/targetprop/cmd/internal/data"
	"github.com/targetprop/targetprop/cmd/internal/run"
	"github.com/targetprop/targetprop/cmd/internal/settings"
	"github.com/targetprop/targetprop/dataset"
	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model"
	"github.com/targetprop/targetprop/model/chain"
)

// Context is what experiments are made with.
type Context struct {
	Group     model.Group // of processes that make them together, or nil
	Engine    *kernels.Engine
	Source    string // of the data
	Set       dataset.Set
	FullMNIST bool              // whether the data are those of the published numbers
	Settings  settings.Generate // of the first network
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
	Reading data.Reading   // of its images
	Early   string         // how far it was trained, if somebody had it finish before its last epoch
	Seconds float64        // of training, by its log
	Timed   bool           // or the log is missing, or not whole
}

// Walking are the settings of a chain: the noise is that of the training.
func (c *Context) Walking(kind chain.Kind) chain.Walking {
	w := chain.DefaultWalking(kind)
	w.Seed, w.Steps, w.Corruption = c.Seed(), c.Amounts.Steps, c.Settings.Training.Corruption()
	return w
}

// Package task is what a run can train: one file a task, and one table of them. To
// add a task is to add a file here and one of its settings to package settings, its
// name to package modelfile, and a word to All.
package task

import (
	"context"

	"github.com/targetprop/targetprop/cmd/internal/data"
	"github.com/targetprop/targetprop/cmd/internal/settings"
	"github.com/targetprop/targetprop/dataset"
	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model"
)

// Task is a kind of training.
type Task struct {
	Name string
	// Default are the settings for a data source. What was given decides defaults
	// of others: the rule of credit assignment.
	Default func(source string, given settings.Given) settings.Settings
	// Fit sets for a set that nobody tuned what was not given, and says why. It is nil
	// where the defaults do for all.
	Fit func(set dataset.Set, s settings.Settings, given settings.Given) []settings.Reason
	// Divides tells whether the processes of a group can train together.
	Divides bool
	// New prepares to train a new network. It fails if the set will not do. g is the
	// processes that train together, or nil.
	New func(source string, set data.Set, s settings.Settings, g model.Group, e *kernels.Engine) (Trainer, error)
	// Notes are those of the model.
	Notes func(source string, set data.Set) map[string]string
	// Load reads a checkpoint that the task's trainer saved.
	Load func(path string) (Checkpoint, error)
}

// Checkpoint is a training that was stopped.
type Checkpoint struct {
	Notes    map[string]string
	Settings settings.Settings
	// Resume continues on the same set until so many epochs are done, as New does.
	Resume func(set data.Set, epochs int, g model.Group, e *kernels.Engine) (Trainer, error)
}

// Trainer is a task at work.
type Trainer interface {
	// Step trains on the next minibatch and returns its size.
	Step() (int, error)
	// Health fails if training went wrong though all numbers are finite, by the epoch's
	// losses and the last minibatch. Processes of a group may see it in different ways.
	Health() error
	// Position is the number of epochs done and of minibatches done in the next.
	Position() (epoch, step int)
	// Done tells whether all epochs are.
	Done() bool
	// Save writes a checkpoint. All processes of a group call it; that of rank 0
	// writes.
	Save(path string, notes map[string]string) error

	Settings() settings.Settings
	// Sizes are the numbers of units of the network's layers, from the pixels up.
	Sizes() []int
	// Columns name the Figures.
	Columns() []string
	// Figures are the losses of the epoch that has just ended and what the
	// validation images show.
	Figures(ctx context.Context) ([]float64, error)

	// Ending says what Finish does, and on how many images.
	Ending() (what string, images int)
	// Finish completes the network after the last epoch. It calls progress with the
	// number of images done.
	Finish(ctx context.Context, progress func(done int)) error
	// SaveModel writes the model, after Finish.
	SaveModel(path string, notes map[string]string) error
	// Restore takes up the model in the file, if it is the one that the training
	// leads to.
	Restore(path string, notes map[string]string) bool
	// Results are lines about the model, after Finish or Restore.
	Results() []string
}

// Sampler is a trainer of models that draw images.
type Sampler interface {
	// WriteSamples writes a picture of images that the model made up, after Finish
	// or Restore. All processes of a group call it; that of rank 0 writes.
	WriteSamples(ctx context.Context, path string) error
}

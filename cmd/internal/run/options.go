package run

import (
	"io"
	"time"

	"github.com/targetprop/targetprop/cmd/internal/data"
	"github.com/targetprop/targetprop/cmd/internal/settings"
	"github.com/targetprop/targetprop/cmd/internal/task"
	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model"
)

// DefaultEvery is the time between checkpoints: what a killed process loses.
const DefaultEvery = 30 * time.Second

// Options say what a run starts or resumes with.
type Options struct {
	Dir  Dir // DefaultDir(Task, Data) if it is ""
	Task task.Task

	// Data is the source of the images. [Resume] takes the checkpoint's, unless
	// DataGiven says that somebody named this one.
	Data      string
	DataGiven bool
	// Reading says how a folder or a file is read. [Resume] takes the checkpoint's.
	Reading data.Reading

	// Given are the settings that differ from the defaults of the data, or on
	// [Resume] must not differ from the checkpoint's.
	Given settings.Given

	// Tuned says that the settings are not to be fitted to the data.
	Tuned bool

	Also      []string      // files that observers write in the folder
	Overwrite bool          // replace the run in the folder
	Every     time.Duration // between checkpoints; there is one at each epoch as well
	Group     model.Group   // of processes that run it together, or nil
	Engine    *kernels.Engine
	Download  io.Writer // shows the progress of a download, and notes to the user
}

// dir is the folder that the options mean.
func (o Options) dir() Dir {
	if o.Dir != "" {
		return o.Dir
	}
	return DefaultDir(o.Task, o.Data)
}

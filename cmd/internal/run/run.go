// Package run is a training run in a folder: [Start] or [Resume] it, Train it to
// the end of its epochs, and Finish it. [Observer]s are told how it goes on.
//
// At any moment the process may be killed: what is on the disk is a checkpoint
// that leads to the same end, and the model comes last.
package run

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"time"

	"github.com/targetprop/targetprop/cmd/internal/cli"
	"github.com/targetprop/targetprop/cmd/internal/settings"
	"github.com/targetprop/targetprop/cmd/internal/task"
	"github.com/targetprop/targetprop/cmd/internal/together"
	"github.com/targetprop/targetprop/internal/atomicfile"
	"github.com/targetprop/targetprop/internal/folderlock"
	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model"
)

// Run is a training run at work.
type Run struct {
	Dir     Dir
	Source  string            // of the data, as the user gave it
	Images  int               // to learn from
	Notes   map[string]string // for the model
	Trainer task.Trainer
	Early   bool              // somebody asked to finish before the last epoch
	Memory  string            // what it takes, in words
	Reasons []settings.Reason // for settings that follow from the data, of a new run

	also      []string // files that observers write
	group     model.Group
	engine    *kernels.Engine
	log       *epochLog
	foreign   string // why the log in the folder is not this run's, or ""
	lacking   bool   // rows that it should have
	observers []Observer

	judges  string        // see judgedBy
	clock   clock         // of the epoch
	every   time.Duration // between checkpoints
	looked  time.Time     // when a request to finish was last looked for
	saved   time.Time     // when the last one was written
	savedAt [2]int        // at which position
	whole   bool          // the checkpoint in the folder is this run's, and can be read

	locked *folderlock.Lock // of the folder, by the process that writes
	disown func()           // the folder, or nil
	notes  io.Writer        // for what the user should know
}

func newRun(o Options) *Run {
	return &Run{Dir: o.dir(), also: o.Also, group: o.Group, engine: o.Engine, every: o.Every, notes: o.Download}
}

// lock keeps other processes out of the folder, if it is there. It may be called again.
func (r *Run) lock() error {
	if r.locked != nil || !together.Writes(r.group) {
		return nil
	}
	switch info, err := os.Stat(string(r.Dir)); {
	case errors.Is(err, fs.ErrNotExist):
		return nil // whoever makes it, or wants it, meets the error
	case err != nil: // it may be there, and another's
		return err
	case !info.IsDir():
		return nil
	}
	l, err := folderlock.Take(string(r.Dir), "targetprop train")
	if err != nil {
		return err
	}
	r.locked, r.disown = l, atomicfile.Own(string(r.Dir), l.Held)
	if l.Note != "" {
		r.note("%s", l.Note)
	}
	return nil
}

// check fails if this process, which is to write, could not.
func (r *Run) check() error {
	if !together.Writes(r.group) {
		return nil
	}
	return r.Dir.Check(r.also...)
}

// note tells the user something.
func (r *Run) note(format string, args ...any) {
	if together.Writes(r.group) {
		fmt.Fprintln(r.notes, cli.Plain(fmt.Sprintf("targetprop: note: "+format, args...)))
	}
}

// Close leaves the folder to other processes.
func (r *Run) Close() {
	if r.disown != nil {
		r.disown()
	}
	r.locked.Release()
}

// Observe has o told how the run goes on. Observers are told in the order in
// which they came; log.csv comes last.
func (r *Run) Observe(o Observer) { r.observers = append(r.observers, o) }

// tell calls what for each observer.
func (r *Run) tell(what func(Observer)) {
	for _, o := range r.observers {
		what(o)
	}
	what(r.log)
}

// Left is what there is to do, in images.
func (r *Run) Left() int {
	epochs, batch := r.Trainer.Settings().Schedule()
	epoch, step := r.Trainer.Position()
	_, ending := r.Trainer.Ending()
	return (*epochs-epoch)*r.Images - step**batch + ending
}

// epoch is the run as it stands.
func (r *Run) epoch() Epoch {
	number, _ := r.Trainer.Position()
	epochs, _ := r.Trainer.Settings().Schedule()
	return Epoch{Number: number, Of: *epochs, Columns: r.Trainer.Columns(), Images: r.Images, Elapsed: r.clock.elapsed(), Trainer: r.Trainer}
}

// position is the number of epochs and of minibatches done.
func (r *Run) position() [2]int {
	epoch, step := r.Trainer.Position()
	return [2]int{epoch, step}
}

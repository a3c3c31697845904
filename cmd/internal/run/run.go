// Package run is a training run in a folder: [Start] or [Resume] it, Train it to
// the end of its epochs, and Finish it. [Observer]s are told how it goes on.
//
// At any moment the process may be killed: what is on the disk is a checkpoint
// that leads to the same end, and the model comes last.
package run

import (
	"time"

	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model"
)

// Run is a training run at work.
type Run struct {
	Dir     Dir
	Source  string            // of the data, as the user gave it
	Images  model.Data        // to learn from
	Notes   map[string]string // for the model
	Trainer *model.Trainer

	group     model.Group
	engine    *kernels.Engine
	log       *epochLog
	observers []Observer

	clock   clock         // of the epoch
	every   time.Duration // between checkpoints
	saved   time.Time     // when the last one was written
	savedAt [2]int        // at which position
}

func newRun(o Options) *Run {
	return &Run{Dir: o.dir(), group: o.Group, engine: o.Engine, every: o.Every}
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

// Left is what there is to do, in images. The prior takes one more pass over
// them.
func (r *Run) Left() int {
	s := r.Trainer.Settings
	epoch, step := r.Trainer.Position()
	return (s.Epochs-epoch+1)*r.Images.Len() - step*s.Batch
}

// epoch is the run as it stands.
func (r *Run) epoch() Epoch {
	number, _ := r.Trainer.Position()
	e := Epoch{Number: number, Of: r.Trainer.Settings.Epochs, Images: r.Images.Len(), Elapsed: r.clock.elapsed(), Network: r.Trainer.Network}
	if number > 0 {
		e.Losses = r.Trainer.Losses()
	}
	return e
}

// position is the number of epochs and of minibatches done.
func (r *Run) position() [2]int {
	epoch, step := r.Trainer.Position()
	return [2]int{epoch, step}
}

package run

import (
	"context"
	"time"

	"github.com/targetprop/targetprop/cmd/internal/task"
)

// Observer is told how a run goes on. Time that observers take does not count
// as training.
type Observer interface {
	// Start comes before this process trains: e is how far the run has come.
	Start(e Epoch)
	// Images follows each minibatch, and each piece of what comes after them, of n
	// images.
	Images(n int)
	// Epoch follows each epoch; for a new run it comes once before the first one,
	// with the number 0. The checkpoint does not tell of the epoch yet, so that a
	// process that is killed in between repeats it. An error ends the training.
	Epoch(ctx context.Context, e Epoch) error
	// Saved follows the checkpoint that tells of the epoch.
	Saved(e Epoch)
	// Ending comes after the last epoch, and says what is done then.
	Ending(what string)
}

// Epoch is a run at the end of an epoch.
type Epoch struct {
	Number  int           // epochs done
	Of      int           // epochs in all
	Columns []string      // names of Figures
	Figures []float64     // of the epoch; nil at number 0 and at the start
	Images  int           // in an epoch
	Elapsed time.Duration // training of the epoch, without interruptions, observers and saving
	Trainer task.Trainer  // to be read during the call
}

// rate is the speed in images per second.
func (e Epoch) rate() float64 { return float64(e.Images) / max(e.Elapsed.Seconds(), 1e-9) }

// Nop is an observer that ignores everything, to be embedded in others.
type Nop struct{}

func (Nop) Start(Epoch)                        {}
func (Nop) Images(int)                         {}
func (Nop) Epoch(context.Context, Epoch) error { return nil }
func (Nop) Saved(Epoch)                        {}
func (Nop) Ending(string)                      {}

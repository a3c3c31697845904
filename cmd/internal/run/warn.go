package run

import (
	"context"
	"fmt"
	"io"
	"math/bits"
	"slices"

	"github.com/targetprop/targetprop/cmd/internal/task"
)

// Warner is the observer that says in words, while there is time, what goes wrong: a
// loss that explodes, units that are dead, images that all look alike, too few steps.
// It says each thing once.
type Warner struct {
	Nop
	Out   io.Writer
	Batch int

	said   map[string]bool
	lowest []float64 // loss of each column so far
}

// tooFew is the number of steps below which no set is known to be learned.
const tooFew = 500

// exploded is how far a loss has grown then.
const exploded = 10

// Start warns of too few steps.
func (w *Warner) Start(e Epoch) {
	perEpoch := (e.Images + w.Batch - 1) / max(w.Batch, 1)
	if _, ok := e.Trainer.(task.Prober); ok && perEpoch > 0 && e.Of*perEpoch < tooFew {
		w.say("steps", "%d steps are few, and what is drawn after them may be grey: --epochs %d has %d", e.Of*perEpoch, tooFew/perEpoch+1, (tooFew/perEpoch+1)*perEpoch)
	}
}

// guesser is a trainer whose network names classes.
type guesser interface {
	Guesses() bool // as well as without looking
}

// patient is how many epochs a network may guess: those that learn from rewards begin slowly.
const patient = 4

// Epoch looks at the losses, and after the epochs 1, 2, 4, 8 and so on and the last at
// the network.
func (w *Warner) Epoch(ctx context.Context, e Epoch) error {
	w.losses(e)
	if e.Number < 1 || bits.OnesCount(uint(e.Number)) != 1 && e.Number != e.Of {
		return nil
	}
	if g, ok := e.Trainer.(guesser); ok && e.Number >= patient && g.Guesses() {
		w.say("guesses", "after %d epochs the network tells the validation images apart no better than a guess: the rate is too high, or far too low; try a third of --lr", e.Number)
	}
	p, ok := e.Trainer.(task.Prober)
	if !ok {
		return nil
	}
	said, err := p.Probe(ctx)
	if err != nil {
		return err
	}
	for _, text := range said {
		w.say(text[:min(len(text), 12)], "%s", text)
	}
	return nil
}

// losses warns of one that has grown tenfold and is no trifle.
func (w *Warner) losses(e Epoch) {
	if w.lowest == nil {
		w.lowest = slices.Clone(e.Figures)
	}
	for i, loss := range e.Figures {
		if i >= len(w.lowest) {
			return
		}
		if w.lowest[i] > 0 && loss > exploded*w.lowest[i] && loss > 1 {
			w.say(e.Columns[i], "the loss of %s has grown from %.3g to %.3g by epoch %d: the rate is too high; try a third of --lr", e.Columns[i], w.lowest[i], loss, e.Number)
		}
		w.lowest[i] = min(w.lowest[i], loss)
	}
}

func (w *Warner) say(about, format string, args ...any) {
	if w.said[about] {
		return
	}
	if w.said == nil {
		w.said = map[string]bool{}
	}
	w.said[about] = true
	fmt.Fprintf(w.Out, "warning: "+format+"\n", args...)
}

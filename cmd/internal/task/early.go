package task

import (
	"fmt"

	"github.com/targetprop/targetprop/cmd/internal/cli"
	"github.com/targetprop/targetprop/dataset"
)

// early is what trainers have in common that may stop before their last epoch, by the
// validation images.
type early struct {
	trainer interface {
		Position() (epoch, step int)
		EndEpoch(loss float64) error
		Stopped() bool
		Best() (epoch int, loss float64)
		TakeBest() error
	}
	patience int
	better   string                    // what an epoch does that counts
	measure  func(loss float64) string // in words
}

// check fails if there is nothing to judge by.
func (t early) check(valid dataset.Images) error {
	if t.patience > 0 && valid.Len() == 0 {
		return cli.Usagef("--early-stop %d: there are no validation images to judge by; give some, or leave the flag out", t.patience)
	}
	return nil
}

// end tells the trainer of an epoch, if it may stop.
func (t early) end(loss float64) error {
	if t.patience == 0 {
		return nil
	}
	return t.trainer.EndEpoch(loss)
}

// Early says in words that training stopped before its last epoch, if it did.
func (t early) Early() string {
	if !t.trainer.Stopped() {
		return ""
	}
	best, _ := t.trainer.Best()
	epoch, _ := t.trainer.Position()
	return fmt.Sprintf("stopped after %s: none since epoch %d %s (--early-stop %d)", cli.Count(epoch, "epoch", "epochs"), best, t.better, t.patience)
}

// kept says which epoch's parameters were taken, if one was judged.
func (t early) kept() []string {
	best, loss := t.trainer.Best()
	if best == 0 {
		return nil
	}
	epoch, _ := t.trainer.Position()
	return []string{fmt.Sprintf("kept     the parameters of epoch %d, the best of %d: %s on the validation images", best, epoch, t.measure(loss))}
}

package model

import (
	"fmt"

	"github.com/targetprop/targetprop/model/internal/best"
	"github.com/targetprop/targetprop/model/internal/health"
	"github.com/targetprop/targetprop/model/internal/tensors"
)

// checkSettings says what is wrong with the settings, if anything is: they may be changed between
// steps, but for what the trainer was made for.
func (t *Trainer) checkSettings() error {
	if err := t.schedule.GoesOn(); err != nil || t.Settings == t.checked {
		return err
	}
	now, was := t.Settings, t.checked
	if err := now.Validate(); err != nil {
		return err
	}
	if now.Batch != was.Batch || now.Seed != was.Seed || now.Optimizer.Rule != was.Optimizer.Rule {
		return fmt.Errorf("model: the settings are changed to batches of %d, seed %d and %v: a trainer keeps %d, %d and %v",
			now.Batch, now.Seed, now.Optimizer.Rule, was.Batch, was.Seed, was.Optimizer.Rule)
	}
	if err := t.schedule.Fits(now.Epochs); err != nil {
		return err
	}
	t.checked = now
	return nil
}

// Losses are the mean squared errors of this epoch so far, summed over units
// and averaged over examples, of the maps in the order of [Network.Maps].
func (t *Trainer) Losses() []float64 {
	mean := make([]float64, len(t.losses))
	for i, sum := range t.losses {
		mean[i] = sum / float64(t.schedule.Seen())
	}
	return mean
}

// Health fails with a [DivergedError] if the losses of the epoch so far are far larger
// than the data's values could make them, or if a layer had the same values for all
// examples of the last minibatch. A network may recover from neither. The processes of a
// group all call it. It looks at the examples of all of them, and says the same in each.
func (t *Trainer) Health() error {
	if t.examples == nil {
		return nil // no step yet
	}
	for i, loss := range t.Losses() {
		if err := t.judge(health.Epoch, i, loss); err != nil {
			return err
		}
	}
	spans, err := t.inferred().Spans()
	if err != nil {
		return err
	}
	return health.Layers(len(t.examples), spans)
}

// maps are those of the network, by their names in files.
func (t *Trainer) maps() []best.Map {
	var all []best.Map
	for i := range t.learners {
		all = append(all, best.Map{Name: tensors.MapName(i), Weights: t.learners[i].Weights})
	}
	return all
}

// EndEpoch tells a trainer with Patience how well the network reconstructs examples that
// it does not learn from, after the epoch that has just ended: an error as that of
// [Network.ReconstructionError]. The trainer remembers the parameters of the best epoch.
// All processes of a group call it with the same number.
func (t *Trainer) EndEpoch(reconstruction float64) (err error) {
	ended := t.Done()
	epoch, step := t.Position()
	if t.best, err = t.best.Judge(epoch, step, reconstruction, t.maps()); err != nil {
		return err
	}
	if t.Done() && !ended {
		return t.part()
	}
	return nil
}

// Stopped tells whether so many epochs were no better than the best one that Patience is
// at its end.
func (t *Trainer) Stopped() bool { return t.best.Stops(t.Settings.Patience) }

// Best is the epoch after which the reconstruction was best, and its error; 0 if none was
// judged.
func (t *Trainer) Best() (epoch int, reconstruction float64) { return t.best.Of() }

// TakeBest gives the network the parameters of the best epoch, if one was judged. It ends
// the training: what was learned since is lost. All processes of a group call it.
func (t *Trainer) TakeBest() error {
	if t.best == nil {
		return nil
	}
	if !t.Done() {
		if err := t.part(); err != nil {
			return err
		}
	}
	t.best.Take(t.maps())
	t.schedule.End()
	return nil
}

package model

import (
	"github.com/targetprop/targetprop/model/internal/best"
	"github.com/targetprop/targetprop/model/internal/tensors"
)

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
	return nil
}

package labelled

import (
	"cmp"
	"fmt"

	"github.com/targetprop/targetprop/internal/safetensors"
	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model/internal/best"
	"github.com/targetprop/targetprop/model/internal/schedule"
	"github.com/targetprop/targetprop/model/internal/tensors"
)

// position is how far training has come.
type position struct {
	Step     int         // minibatches done
	Examples int         // in the training set
	Losses   []float64   // summed over this epoch's examples
	Labels   int         // examples of this epoch whose label was given
	Best     *best.Epoch `json:",omitempty"`
}

// Save writes a checkpoint, from which [Checkpoint.Resume] continues bit for bit:
// the tensors of a model without priors, the optimiser's moments and the
// position. A file that was there before stays whole until the new one is
// complete. Save fails with [model.ErrDiverged] if a parameter or a moment is not
// a finite number.
func (t *Trainer) Save(path string, notes map[string]string) error {
	if err := cmp.Or(schedule.Recheck(t.schedule, t.Network, t.Settings, &t.checked, t.Settings.Epochs, Training.follows), t.schedule.IsWithin(t.Settings.Epochs), t.Network.Validate()); err != nil {
		return fmt.Errorf("save %s: %w", path, err)
	}
	stored, err := File{Network: t.Network, Training: t.Settings, Notes: notes}.store()
	if err != nil {
		return fmt.Errorf("save %s: %w", path, err)
	}
	if err := tensors.SetPosition(stored, position{Step: t.schedule.Step(), Examples: t.data.Len(), Losses: t.losses, Labels: t.labels, Best: t.best}); err != nil {
		return fmt.Errorf("save %s: %w", path, err)
	}
	for _, l := range t.learners {
		tensors.AddMoments(&stored, l.name, l.weights, l.moments)
	}
	t.best.Store(&stored, t.maps())
	return tensors.Write(path, stored)
}

// Checkpoint is a training run that was stopped.
type Checkpoint struct {
	File
	stored   safetensors.File
	position position
	loaded   Training // the settings of the run, which Training may be changed from
}

// LoadCheckpoint reads a file that [Trainer.Save] wrote.
func LoadCheckpoint(path string) (Checkpoint, error) {
	stored, err := tensors.Read(path)
	if err != nil {
		return Checkpoint{}, err
	}
	c := Checkpoint{stored: stored}
	if c.File, err = restore(stored); err != nil {
		return Checkpoint{}, fmt.Errorf("load %s: %w", path, err)
	}
	if err := tensors.ReadPosition(stored, "model", &c.position); err != nil {
		return Checkpoint{}, fmt.Errorf("load %s: %w", path, err)
	}
	c.loaded = c.Training
	return c, nil
}

// Model is the model that training would end with now, but for its prior: the network is one of its own, with the
// parameters of the best epoch if the training looks for that.
func (c Checkpoint) Model() (File, error) {
	f, err := restore(best.Taken(c.stored))
	if err != nil {
		return File{}, fmt.Errorf("labelled: the best epoch of the checkpoint: %w", err)
	}
	return f, nil
}

// Resume prepares to continue on the same data, with the checkpoint's settings.
// The learning rate falls over c.Training.Epochs, unless it is constant: to train longer,
// raise them before, and it continues from a larger rate. Batch, Seed and the optimiser's rule are kept. Resume gives c.Network the checkpoint's parameters
// once more, so that it may be called again when a trainer that it returned is not used any more.
func (c Checkpoint) Resume(data Data, e *kernels.Engine) (*Trainer, error) {
	if _, err := c.Network.checkData(data); err != nil {
		return nil, err
	}
	p := c.position
	if data.Len() != p.Examples {
		return nil, fmt.Errorf("labelled: the checkpoint is of a run on %d examples and cannot continue on %d", p.Examples, data.Len())
	}
	if err := c.Training.follows(c.loaded); err != nil {
		return nil, err
	}
	c.Network.Priors, c.Network.Shares = nil, nil // of other parameters, if a training went on from here before
	t, err := NewTrainer(c.Network, data, c.Training, e)
	if err != nil {
		return nil, err
	}
	if err := best.Reread(c.stored, t.maps()); err != nil {
		return nil, fmt.Errorf("labelled: resume: %w", err)
	}
	if len(p.Losses) != len(t.losses) || p.Labels < 0 || p.Labels > p.Examples {
		return nil, fmt.Errorf("labelled: the checkpoint's position is damaged: %d losses, %d labels", len(p.Losses), p.Labels)
	}
	if err := t.schedule.Seek(p.Step, c.Training.Epochs); err != nil {
		return nil, fmt.Errorf("labelled: %w", err)
	}
	for _, l := range t.learners {
		if err := tensors.ReadMoments(c.stored, l.name, l.weights, l.moments); err != nil {
			return nil, fmt.Errorf("labelled: resume: %w", err)
		}
	}
	copy(t.losses, p.Losses)
	t.labels = p.Labels
	epochs, _ := t.Position()
	if t.best, err = p.Best.Resume(c.stored, epochs, t.maps()); err != nil {
		return nil, fmt.Errorf("labelled: resume: %w", err)
	}
	return t, nil
}

// maps are those of the network, by their names in files.
func (t *Trainer) maps() []best.Map {
	var all []best.Map
	for _, l := range t.learners {
		all = append(all, best.Map{Name: l.name, Weights: l.weights})
	}
	return all
}

// EndEpoch tells a trainer with Patience how many mistakes the network makes on examples
// that it does not learn from, as a share, after the epoch that has just ended. The
// trainer remembers the parameters of the best epoch.
func (t *Trainer) EndEpoch(mistakes float64) (err error) {
	epoch, step := t.Position()
	t.best, err = t.best.Judge(epoch, step, mistakes, t.maps())
	return err
}

// Stopped tells whether so many epochs were no better than the best one that Patience is
// at its end.
func (t *Trainer) Stopped() bool { return t.best.Stops(t.Settings.Patience) }

// Best is the epoch after which there were the fewest mistakes, and their share; 0 if none
// was judged.
func (t *Trainer) Best() (epoch int, mistakes float64) { return t.best.Of() }

// TakeBest gives the network the parameters of the best epoch, if one was judged. It ends
// the training: what was learned since is lost.
func (t *Trainer) TakeBest() error {
	if t.best != nil {
		t.best.Take(t.maps())
		t.schedule.End()
	}
	return nil
}

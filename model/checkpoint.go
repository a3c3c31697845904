package model

import (
	"cmp"
	"fmt"

	"github.com/targetprop/targetprop/internal/safetensors"
	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model/internal/best"
	"github.com/targetprop/targetprop/model/internal/ranks"
	"github.com/targetprop/targetprop/model/internal/tensors"
)

// position is how far training has come.
type position struct {
	Step     int         // minibatches done
	Examples int         // in the training set
	Losses   []float64   // summed over this epoch's examples
	Best     *best.Epoch `json:",omitempty"`
}

// Save writes a checkpoint, from which [Checkpoint.Resume] continues bit for bit:
// the tensors of a model without a prior, the optimiser's moments and the
// position. A file that was there before stays whole until the new one is
// complete. Save fails with [ErrDiverged] if a parameter or a moment is not a
// finite number. All processes of a group call it; that of rank 0 writes, and what it
// fails with is an error in all.
func (t *Trainer) Save(path string, notes map[string]string) error {
	t.schedule.Check()
	err := ranks.All(t.group, ErrDiverged, func() error {
		return cmp.Or(t.check(), t.schedule.IsWithin(t.Settings.Epochs), t.Network.Validate())
	})
	if err != nil {
		return fmt.Errorf("save %s: %w", path, err)
	}
	if err := t.replica.GatherMoments(); err != nil {
		return err
	}
	return ranks.All(t.group, ErrDiverged, func() error { return t.write(path, notes) })
}

// write is Save when this process has all moments.
func (t *Trainer) write(path string, notes map[string]string) error {
	if t.rank != 0 {
		return nil
	}
	stored, err := File{Network: t.Network, Training: t.Settings, Notes: notes}.store()
	if err != nil {
		return fmt.Errorf("save %s: %w", path, err)
	}
	if err := tensors.SetPosition(stored, position{Step: t.schedule.Step(), Examples: t.data.Len(), Losses: t.losses, Best: t.best}); err != nil {
		return fmt.Errorf("save %s: %w", path, err)
	}
	for i := range t.learners {
		l := &t.learners[i]
		tensors.AddMoments(&stored, tensors.MapName(i), l.Weights, l.moments)
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
		return File{}, fmt.Errorf("model: the best epoch of the checkpoint: %w", err)
	}
	return f, nil
}

// Resume prepares to continue on the same data, with the checkpoint's settings.
// To train longer, raise c.Training.Epochs before; what a trainer keeps between steps it keeps here, too: Batch, Seed
// and the optimiser's rule. Resume gives c.Network the checkpoint's parameters once more, so
// that it may be called again when a trainer that it returned is not used any more.
func (c Checkpoint) Resume(data Data, e *kernels.Engine) (*Trainer, error) {
	if err := c.Network.CheckData(data); err != nil {
		return nil, err
	}
	if data.Len() != c.position.Examples {
		return nil, fmt.Errorf("model: the checkpoint is of a run on %d examples and cannot continue on %d", c.position.Examples, data.Len())
	}
	if err := c.Training.follows(c.loaded); err != nil {
		return nil, err
	}
	c.Network.Prior = Prior{} // of other parameters, if a training went on from here before
	t, err := NewTrainer(c.Network, data, c.Training, e)
	if err != nil {
		return nil, err
	}
	if err := best.Reread(c.stored, t.maps()); err != nil {
		return nil, fmt.Errorf("model: resume: %w", err)
	}
	if len(c.position.Losses) != len(t.losses) {
		return nil, fmt.Errorf("model: the checkpoint's position is damaged: %d losses", len(c.position.Losses))
	}
	if err := t.schedule.Seek(c.position.Step, c.Training.Epochs); err != nil {
		return nil, fmt.Errorf("model: %w", err)
	}
	for i := range t.learners {
		l := &t.learners[i]
		if err := tensors.ReadMoments(c.stored, tensors.MapName(i), l.Weights, l.moments); err != nil {
			return nil, fmt.Errorf("model: resume: %w", err)
		}
	}
	copy(t.losses, c.position.Losses)
	epochs, _ := t.Position()
	if t.best, err = c.position.Best.Resume(c.stored, epochs, t.maps()); err != nil {
		return nil, fmt.Errorf("model: resume: %w", err)
	}
	return t, nil
}

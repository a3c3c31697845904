package labelled

import (
	"fmt"

	"github.com/targetprop/targetprop/internal/safetensors"
	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model/internal/tensors"
)

// position is how far training has come.
type position struct {
	Step     int       // minibatches done
	Examples int       // in the training set
	Losses   []float64 // summed over this epoch's examples
	Labels   int       // examples of this epoch whose label was given
}

// Save writes a checkpoint, from which [Checkpoint.Resume] continues bit for bit:
// the tensors of a model without priors, the optimiser's moments and the
// position. A file that was there before stays whole until the new one is
// complete. Save fails with [model.ErrDiverged] if a parameter or a moment is not
// a finite number.
func (t *Trainer) Save(path string, notes map[string]string) error {
	stored, err := File{Network: t.Network, Training: t.Settings, Notes: notes}.store()
	if err != nil {
		return fmt.Errorf("save %s: %w", path, err)
	}
	if err := tensors.SetPosition(stored, position{Step: t.schedule.Step(), Examples: t.data.Len(), Losses: t.losses, Labels: t.labels}); err != nil {
		return fmt.Errorf("save %s: %w", path, err)
	}
	for _, l := range t.learners {
		tensors.AddMoments(&stored, l.name, l.weights, l.moments)
	}
	return tensors.Write(path, stored)
}

// Checkpoint is a training run that was stopped.
type Checkpoint struct {
	File
	stored   safetensors.File
	position position
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
	if err := tensors.ReadPosition(stored, "model", c.Notes, &c.position); err != nil {
		return Checkpoint{}, fmt.Errorf("load %s: %w", path, err)
	}
	return c, nil
}

// Resume prepares to continue on the same data, with the checkpoint's settings.
// The learning rate falls over c.Training.Epochs: to train longer, raise them
// before, and it continues from a larger rate.
func (c Checkpoint) Resume(data Data, e *kernels.Engine) (*Trainer, error) {
	if err := c.Network.checkData(data); err != nil {
		return nil, err
	}
	p := c.position
	if data.Len() != p.Examples {
		return nil, fmt.Errorf("labelled: the checkpoint is of a run on %d examples and cannot continue on %d", p.Examples, data.Len())
	}
	t, err := NewTrainer(c.Network, data, c.Training, e)
	if err != nil {
		return nil, err
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
	return t, nil
}

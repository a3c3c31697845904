package model

import (
	"fmt"
	"slices"

	"github.com/targetprop/targetprop/internal/safetensors"
	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model/internal/health"
	"github.com/targetprop/targetprop/model/internal/tensors"
)

// position is how far training has come.
type position struct {
	Step     int       // minibatches done
	Examples int       // in the training set
	Losses   []float64 // summed over this epoch's examples
	Best     *best     `json:",omitempty"`
}

// Save writes a checkpoint, from which [Checkpoint.Resume] continues bit for bit:
// the tensors of a model without a prior, the optimiser's moments and the
// position. A file that was there before stays whole until the new one is
// complete. Save fails with [ErrDiverged] if a parameter or a moment is not a
// finite number. All processes of a group call it; that of rank 0 writes.
func (t *Trainer) Save(path string, notes map[string]string) error {
	if err := t.replica.GatherMoments(); err != nil {
		return err
	}
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
	t.best.store(&stored)
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
// To train longer, raise c.Training.Epochs before.
func (c Checkpoint) Resume(data Data, e *kernels.Engine) (*Trainer, error) {
	if err := c.Network.CheckData(data); err != nil {
		return nil, err
	}
	if data.Len() != c.position.Examples {
		return nil, fmt.Errorf("model: the checkpoint is of a run on %d examples and cannot continue on %d", c.position.Examples, data.Len())
	}
	t, err := NewTrainer(c.Network, data, c.Training, e)
	if err != nil {
		return nil, err
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
	if err := c.position.Best.restore(c.stored, epochs, t.learners); err != nil {
		return nil, fmt.Errorf("model: resume: %w", err)
	}
	t.best = c.position.Best
	return t, nil
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

// EndEpoch tells a trainer with Patience how well the network reconstructs examples that
// it does not learn from, after the epoch that has just ended: an error as that of
// [Network.ReconstructionError]. The trainer remembers the parameters of the best epoch.
// All processes of a group call it with the same number.
func (t *Trainer) EndEpoch(reconstruction float64) error {
	epoch, step := t.Position()
	switch {
	case step != 0 || epoch == 0:
		return fmt.Errorf("model: the end of an epoch, after %d epochs and %d minibatches: want none", epoch, step)
	case reconstruction-reconstruction != 0:
		return fmt.Errorf("the reconstruction: an error of %v: %w", reconstruction, ErrDiverged)
	}
	ended := t.Done()
	if t.best == nil || reconstruction < t.best.Error {
		b := &best{Epoch: epoch, Error: reconstruction}
		for i := range t.learners {
			w := t.learners[i].Weights
			w.Data = slices.Clone(w.Data)
			b.weights = append(b.weights, w)
		}
		t.best = b
	}
	t.best.Last = epoch
	if t.Done() && !ended {
		return t.part()
	}
	return nil
}

// Best is the epoch after which the reconstruction was best, and its error; 0 if none was
// judged.
func (t *Trainer) Best() (epoch int, reconstruction float64) {
	if t.best == nil {
		return 0, 0
	}
	return t.best.Epoch, t.best.Error
}

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
	for i, w := range t.best.weights {
		copy(t.learners[i].Weights.Data, w.Data)
	}
	return nil
}

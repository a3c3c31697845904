package reward

import (
	"encoding/json"
	"fmt"
	"maps"

	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model/credit"
	"github.com/targetprop/targetprop/model/feedforward"
	"github.com/targetprop/targetprop/model/internal/tensors"
)

// noteKey is the key of what a checkpoint has beside that of package credit.
const noteKey = "reward"

// note is its value.
type note struct {
	Policy Policy
	Earned int64 // rewards of the epoch so far
}

// Save writes a checkpoint, from which [Checkpoint.Resume] continues bit for bit. It is
// a checkpoint of package credit with a note, and fails as [credit.Trainer.Save] does.
// The notes are the caller's own.
func (t *Trainer) Save(path string, notes map[string]string) error {
	t.credit()
	if err := t.Settings.Policy.Validate(); err != nil {
		return fmt.Errorf("save %s: %w", path, err)
	}
	text, err := json.Marshal(note{t.Settings.Policy, t.bandit.earned.Load()})
	if err != nil {
		return fmt.Errorf("save %s: %w", path, err)
	}
	if _, ok := notes[noteKey]; ok {
		return fmt.Errorf("save %s: the note %q has a name that the file needs itself: want another one", path, noteKey)
	}
	all := map[string]string{}
	maps.Copy(all, notes)
	all[noteKey] = string(text)
	return t.credit().Save(path, all)
}

// Checkpoint is a run that was stopped.
type Checkpoint struct {
	Settings Training
	Notes    map[string]string

	checkpoint credit.Checkpoint
	earned     int64
}

// LoadCheckpoint reads a file that [Trainer.Save] wrote.
func LoadCheckpoint(path string) (Checkpoint, error) {
	stored, err := credit.LoadCheckpoint(path)
	if err != nil {
		return Checkpoint{}, err
	}
	text, ok := stored.Notes[noteKey]
	if !ok {
		return Checkpoint{}, fmt.Errorf("load %s: this run does not learn from rewards", path)
	}
	delete(stored.Notes, noteKey)
	var n note
	if err := tensors.Decode(text, &n); err != nil {
		return Checkpoint{}, fmt.Errorf("load %s: its policy: %w", path, err)
	}
	return Checkpoint{Settings: Training{stored.Training, n.Policy}, Notes: stored.Notes, checkpoint: stored, earned: n.Earned}, nil
}

// Resume prepares to continue on the same examples with the checkpoint's settings. To
// train longer, raise c.Settings.Epochs before.
func (c Checkpoint) Resume(examples feedforward.Labelled, e *kernels.Engine) (*Trainer, error) {
	b, err := newBandit(c.checkpoint.Network, examples, c.Settings, e)
	if err != nil {
		return nil, err
	}
	c.checkpoint.Training = c.Settings.Training
	trainer, err := c.checkpoint.Resume(b, e)
	if err != nil {
		return nil, err
	}
	if c.earned < 0 || c.earned > int64(examples.Len()) {
		return nil, fmt.Errorf("reward: the checkpoint's position is damaged: %d rewards from %d examples", c.earned, examples.Len())
	}
	b.earned.Store(c.earned)
	return wrap(trainer, b, c.Settings), nil
}

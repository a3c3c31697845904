package credit

import (
	"cmp"
	"fmt"

	"github.com/targetprop/targetprop/internal/safetensors"
	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model/feedforward"
	"github.com/targetprop/targetprop/model/internal/best"
	"github.com/targetprop/targetprop/model/internal/tensors"
)

// position is how far training has come.
type position struct {
	Step     int         // minibatches done
	Examples int         // in the training set
	Losses   []float64   // summed over this epoch's examples
	Best     *best.Epoch `json:",omitempty"`
}

// Save writes a checkpoint, from which [Checkpoint.Resume] continues bit for bit: the
// tensors of a [File], the rule's own maps, the optimiser's moments and the position. A
// file that was there before stays whole until the new one is complete. Save fails with
// [model.ErrDiverged] if a number is not finite.
func (t *Trainer) Save(path string, notes map[string]string) error {
	if err := cmp.Or(t.checkSettings(), t.schedule.IsWithin(t.Settings.Epochs)); err != nil {
		return fmt.Errorf("save %s: %w", path, err)
	}
	stored, err := File{Network: t.Network, Training: t.Settings, Notes: notes}.store()
	if err != nil {
		return fmt.Errorf("save %s: %w", path, err)
	}
	if err := tensors.SetPosition(stored, position{Step: t.schedule.Step(), Examples: t.examples.Len(), Losses: t.losses, Best: t.best}); err != nil {
		return fmt.Errorf("save %s: %w", path, err)
	}
	t.learner.AppendState(&stored)
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
	if err := tensors.ReadPosition(stored, "network", &c.position); err != nil {
		return Checkpoint{}, fmt.Errorf("load %s: %w", path, err)
	}
	c.loaded = c.Training
	return c, nil
}

// Resume prepares to continue on the same examples, with the checkpoint's settings. To
// train longer, raise c.Training.Epochs before; Batch, Seed and rules are kept. Resume gives c.Network the checkpoint's parameters once more, so that
// it may be called again when a trainer that it returned is not used any more.
func (c Checkpoint) Resume(examples feedforward.Examples, e *kernels.Engine) (*Trainer, error) {
	if err := c.Network.CheckExamples(examples); err != nil {
		return nil, err
	}
	if examples.Len() != c.position.Examples {
		return nil, fmt.Errorf("credit: the checkpoint is of a run on %d examples and cannot continue on %d", c.position.Examples, examples.Len())
	}
	if err := c.Training.follows(c.loaded); err != nil {
		return nil, err
	}
	if err := best.Reread(c.stored, mapsOf(c.Network)); err != nil { // before a rule transposes them
		return nil, fmt.Errorf("credit: resume: %w", err)
	}
	t, err := NewTrainer(c.Network, examples, c.Training, e)
	if err != nil {
		return nil, err
	}
	if len(c.position.Losses) != len(t.losses) {
		return nil, fmt.Errorf("credit: the checkpoint's position is damaged: %d losses", len(c.position.Losses))
	}
	if err := t.schedule.Seek(c.position.Step, c.Training.Epochs); err != nil {
		return nil, fmt.Errorf("credit: %w", err)
	}
	if err := t.learner.ReadState(c.stored, c.position.Step); err != nil {
		return nil, fmt.Errorf("credit: resume: %w", err)
	}
	copy(t.losses, c.position.Losses)
	epochs, _ := t.Position()
	if t.best, err = c.position.Best.Resume(c.stored, epochs, t.maps()); err != nil {
		return nil, fmt.Errorf("credit: resume: %w", err)
	}
	return t, nil
}

// AppendState adds to a checkpoint what a learner needs to continue, beside its network
// and settings: the rule's own maps and the optimisers' moments.
func (l *Learner) AppendState(stored *safetensors.File) {
	l.check()
	if stored == nil {
		panic("credit: AppendState to no file")
	}
	for _, own := range l.rule.own() {
		tensors.AddMap(stored, own.name, own.Weights)
	}
	for _, layer := range l.layers {
		tensors.AddMoments(stored, layer.name, layer.Weights, layer.moments)
	}
}

// ReadState has a new learner continue, bit for bit, after the given number of steps. The
// learner was made with the checkpoint's network and settings.
func (l *Learner) ReadState(stored safetensors.File, steps int) error {
	l.check()
	if steps < 0 {
		return fmt.Errorf("the checkpoint's position is damaged: step %d", steps)
	}
	for _, own := range l.rule.own() {
		if err := tensors.ReadMap(stored, own.name, own.Weights); err != nil {
			return err
		}
	}
	for _, layer := range l.layers {
		if err := tensors.ReadMoments(stored, layer.name, layer.Weights, layer.moments); err != nil {
			return err
		}
	}
	l.pass.step = steps
	return nil
}

// maps are those of the network. Those of the rule are no part of what was learned.
func (t *Trainer) maps() []best.Map { return mapsOf(t.Network) }

// mapsOf are a network's maps, by their names in files.
func mapsOf(n *feedforward.Network) []best.Map {
	var all []best.Map
	for i, m := range n.Maps {
		all = append(all, best.Map{Name: layerName(i), Weights: m.Weights})
	}
	return all
}

// EndEpoch tells a trainer with Patience of the network's error on examples that it does
// not learn from, after the epoch that has just ended: the share of mistakes, or another
// one that is better if it is smaller. The trainer remembers the parameters of the best
// epoch.
func (t *Trainer) EndEpoch(loss float64) (err error) {
	epoch, step := t.Position()
	t.best, err = t.best.Judge(epoch, step, loss, t.maps())
	return err
}

// Stopped tells whether so many epochs were no better than the best one that Patience is
// at its end.
func (t *Trainer) Stopped() bool { return t.best.Stops(t.Settings.Patience) }

// Best is the epoch after which the error was smallest, and that error; 0 if none was
// judged.
func (t *Trainer) Best() (epoch int, loss float64) { return t.best.Of() }

// TakeBest gives the network the parameters of the best epoch, if one was judged. It ends
// the training: what was learned since is lost.
func (t *Trainer) TakeBest() error {
	t.schedule.Check()
	if t.best != nil {
		t.best.Take(t.maps())
		t.schedule.End()
	}
	return nil
}

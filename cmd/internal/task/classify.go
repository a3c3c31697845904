package task

import (
	"context"
	"reflect"

	"github.com/targetprop/targetprop/cmd/internal/data"
	"github.com/targetprop/targetprop/cmd/internal/modelfile"
	"github.com/targetprop/targetprop/cmd/internal/settings"
	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model"
	"github.com/targetprop/targetprop/model/credit"
)

// Classify trains a classifier by a rule of credit assignment.
var Classify = Task{
	Name: modelfile.Classify,
	Default: func(_ string, given settings.Given) settings.Settings {
		s := settings.DefaultClassify(ruleOf(given), given)
		return &s
	},
	New: newClassifying,
	Notes: func(source string, set data.Set) map[string]string {
		return modelfile.LabelNotes(modelfile.Classify, source, set)
	},
	Load: loadClassifying,
}

// classifying is its trainer.
type classifying struct {
	*credit.Trainer
	feedforwardJudge
}

func newClassifying(source string, set data.Set, s settings.Settings, _ model.Group, e *kernels.Engine) (Trainer, error) {
	given := s.(*settings.Classify)
	network, examples, err := newFeedforward(source, set.Set, given.Config, given.Training.Seed, given.Training.Batch, e)
	if err != nil {
		return nil, err
	}
	t, err := credit.NewTrainer(network, examples, given.Training, e)
	if err != nil {
		return nil, err
	}
	return wrapClassifying(t, set, e)
}

func wrapClassifying(t *credit.Trainer, set data.Set, e *kernels.Engine) (Trainer, error) {
	j, err := newFeedforwardJudge(early{trainer: t, patience: t.Settings.Patience}, t.Network, set.Set, e)
	if err != nil {
		return nil, err
	}
	return &classifying{t, j}, nil
}

func loadClassifying(path string) (Checkpoint, error) {
	c, err := credit.LoadCheckpoint(path)
	if err != nil {
		return Checkpoint{}, err
	}
	return Checkpoint{
		Notes: c.Notes, Settings: &settings.Classify{Layers: hidden(c.Network), Training: c.Training},
		Resume: func(set data.Set, epochs int, _ model.Group, e *kernels.Engine) (Trainer, error) {
			c.Training.Epochs = epochs
			examples, err := labelledImages(c.Network, set.Train)
			if err != nil {
				return nil, err
			}
			t, err := c.Resume(examples, e)
			if err != nil {
				return nil, err
			}
			return wrapClassifying(t, set, e)
		},
	}, nil
}

// Settings are those of the training.
func (t *classifying) Settings() settings.Settings {
	return &settings.Classify{Layers: hidden(t.Network), Training: t.Trainer.Settings}
}

// Columns are the losses of the network and of the inverse maps, and the accuracy.
func (t *classifying) Columns() []string { return append(lossNames(len(t.Losses())), validColumn) }

// Figures are the losses, and the accuracy.
func (t *classifying) Figures(ctx context.Context) ([]float64, error) {
	return t.figures(ctx, t.Losses())
}

// SaveModel writes the model.
func (t *classifying) SaveModel(path string, notes map[string]string) error {
	return credit.File{Network: t.Network, Training: t.Trainer.Settings, Notes: t.notes(notes)}.Save(path)
}

// Restore takes up the model in the file.
func (t *classifying) Restore(path string, notes map[string]string) bool {
	f, err := credit.Load(path)
	if err != nil || f.Training != t.Trainer.Settings || !sameData(f.Notes, notes) || !reflect.DeepEqual(f.Network.Config, t.Network.Config) {
		return false
	}
	return t.restore(f.Notes)
}

package task

import (
	"context"
	"encoding/json"
	"maps"
	"reflect"

	"github.com/targetprop/targetprop/cmd/internal/data"
	"github.com/targetprop/targetprop/cmd/internal/modelfile"
	"github.com/targetprop/targetprop/cmd/internal/settings"
	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model"
	"github.com/targetprop/targetprop/model/credit"
	"github.com/targetprop/targetprop/model/reward"
)

// Reward trains a network that chooses a class and is told only whether that was
// right.
var Reward = Task{
	Name: modelfile.Reward,
	Default: func(_ string, given settings.Given) settings.Settings {
		s := settings.DefaultReward(ruleOf(given), given)
		return &s
	},
	New: newRewarded,
	Notes: func(source string, set data.Set) map[string]string {
		return modelfile.LabelNotes(modelfile.Reward, source, set)
	},
	Load: loadRewarded,
}

// rewarded is its trainer.
type rewarded struct {
	*reward.Trainer
	feedforwardJudge
}

func newRewarded(source string, set data.Set, s settings.Settings, _ model.Group, e *kernels.Engine) (Trainer, error) {
	given := s.(*settings.Reward)
	network, examples, err := newFeedforward(source, set.Set, given.Config, given.Training.Seed, given.Training.Batch, e)
	if err != nil {
		return nil, err
	}
	t, err := reward.NewTrainer(network, examples, given.Training, e)
	if err != nil {
		return nil, err
	}
	return wrapRewarded(t, set, e)
}

func wrapRewarded(t *reward.Trainer, set data.Set, e *kernels.Engine) (Trainer, error) {
	j, err := newFeedforwardJudge(early{trainer: t, patience: t.Settings.Patience}, t.Network, set.Set, e)
	if err != nil {
		return nil, err
	}
	return &rewarded{t, j}, nil
}

func loadRewarded(path string) (Checkpoint, error) {
	c, err := reward.LoadCheckpoint(path)
	if err != nil {
		return Checkpoint{}, err
	}
	return Checkpoint{
		Notes: c.Notes, Settings: &settings.Reward{Layers: hidden(c.Network()), Training: c.Settings},
		Resume: func(set data.Set, epochs int, _ model.Group, e *kernels.Engine) (Trainer, error) {
			c.Settings.Epochs = epochs
			examples, err := labelledImages(c.Network(), set.Train)
			if err != nil {
				return nil, err
			}
			t, err := c.Resume(examples, e)
			if err != nil {
				return nil, err
			}
			return wrapRewarded(t, set, e)
		},
	}, nil
}

// Settings are those of the training.
func (t *rewarded) Settings() settings.Settings {
	return &settings.Reward{Layers: hidden(t.Network), Training: t.Trainer.Settings}
}

// Columns are the losses, the mean reward of the epoch's choices, and the accuracy.
func (t *rewarded) Columns() []string {
	return append(lossNames(len(t.Losses())), "reward", validColumn)
}

// Figures are the losses, the mean reward, and the accuracy of the best choices.
func (t *rewarded) Figures(ctx context.Context) ([]float64, error) {
	return t.figures(ctx, append(t.Losses(), t.Reward()))
}

// notePolicy is the key of the policy in models.
const notePolicy = "policy"

// SaveModel writes the model. What a file of package credit has no place for is a
// note.
func (t *rewarded) SaveModel(path string, notes map[string]string) error {
	policy, err := t.policy()
	if err != nil {
		return err
	}
	all := maps.Clone(notes)
	all[notePolicy] = policy
	return credit.File{Network: t.Network, Training: t.Trainer.Settings.Training, Notes: t.notes(all)}.Save(path)
}

func (t *rewarded) policy() (string, error) {
	text, err := json.Marshal(t.Trainer.Settings.Policy)
	return string(text), err
}

// Restore takes up the model in the file.
func (t *rewarded) Restore(path string, notes map[string]string) bool {
	policy, err := t.policy()
	if err != nil {
		return false
	}
	f, err := credit.Load(path)
	if err != nil || f.Training != t.Trainer.Settings.Training || f.Notes[notePolicy] != policy || !sameData(f.Notes, notes) || !reflect.DeepEqual(f.Network.Config, t.Network.Config) {
		return false
	}
	return t.restore(f.Notes)
}

package labelled_test

import (
	"math"
	"path/filepath"
	"strings"
	"testing"

	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model"
	"github.com/targetprop/targetprop/model/internal/modeltest"
	"github.com/targetprop/targetprop/model/labelled"
)

// TestSettingsChanged: settings that are changed between steps are looked at again, also by Save; and
// TakeBest ends the training.
func TestSettingsChanged(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 1)
	path := filepath.Join(t.TempDir(), "checkpoint")
	for want, change := range map[string]func(t *labelled.Trainer){
		"batches of 2,":     func(t *labelled.Trainer) { t.Settings.Batch = 2 },
		"sgd":               func(t *labelled.Trainer) { t.Settings.Optimizer.Rule = kernels.SGD },
		"learning rate NaN": func(t *labelled.Trainer) { t.Settings.Optimizer.Rate = float32(math.NaN()) },
		"iterations":        func(t *labelled.Trainer) { t.Settings.Inference.Iterations = -1 },
		"epochs: want 0 to": func(t *labelled.Trainer) { t.Settings.Epochs = math.MaxInt },
		"TakeBest has ended": func(t *labelled.Trainer) {
			for range t.StepsPerEpoch() {
				if _, err := t.Step(); err != nil {
					panic(err)
				}
			}
			if err := t.EndEpoch(0.5); err != nil {
				panic(err)
			}
			_ = t.TakeBest()
		},
	} {
		trainer, err := labelled.NewTrainer(network(t, e, 3, 30, 8, 4), classes{modeltest.Bars{N: 20, Width: 30}, 1}, smallTraining(), e)
		if err != nil {
			t.Fatal(err)
		}
		change(trainer)
		if _, err := trainer.Step(); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("Step: %v, want %q", err, want)
		}
		if err := trainer.Save(path, nil); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("Save: %v, want %q", err, want)
		}
	}
}

// TestResumeWithOthers: what would move the position, or use moments for another rule, is refused,
// and the file not blamed.
func TestResumeWithOthers(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 1)
	path := filepath.Join(t.TempDir(), "checkpoint")
	data := classes{modeltest.Bars{N: 20, Width: 30}, 1}
	trainer, err := labelled.NewTrainer(network(t, e, 3, 30, 8, 4), data, smallTraining(), e)
	if err != nil {
		t.Fatal(err)
	}
	if err := trainer.Save(path, nil); err != nil {
		t.Fatal(err)
	}
	for want, change := range map[string]func(s *labelled.Training){
		"batches of 2,": func(s *labelled.Training) { s.Batch = 2 },
		"seed 77":       func(s *labelled.Training) { s.Seed = 77 },
		"and sgd:":      func(s *labelled.Training) { s.Optimizer.Rule = kernels.SGD },
	} {
		c, err := labelled.LoadCheckpoint(path)
		if err != nil {
			t.Fatal(err)
		}
		was := c.Training
		change(&c.Training)
		if _, err := c.Resume(data, e); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("error %v, want %q", err, want)
		}
		// A network that has gone on to priors has none when it is back at the checkpoint.
		c.Training = was
		prior := model.Prior{Mean: make([]float32, 4), Std: make([]float32, 4)}
		c.Network.Priors, c.Network.Shares = []model.Prior{prior, prior, prior}, []float32{1, 0, 0}
		if _, err := c.Resume(data, e); err != nil || c.Network.Priors != nil || c.Network.Shares != nil {
			t.Errorf("error %v, priors %v", err, c.Network.Priors)
		}
	}
}

// TestNetworkChanged: another network in the place of the trainer's is refused, and no checkpoint is written.
func TestNetworkChanged(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 1)
	const want = "not the one that it was made for"
	for _, other := range []*labelled.Network{nil, {}, network(t, e, 3, 30, 8, 4)} {
		trainer, err := labelled.NewTrainer(network(t, e, 3, 30, 8, 4), classes{modeltest.Bars{N: 20, Width: 30}, 1}, smallTraining(), e)
		if err != nil {
			t.Fatal(err)
		}
		trainer.Network = other
		if _, err := trainer.Step(); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("Step: %v", err)
		}
		path := filepath.Join(t.TempDir(), "checkpoint")
		if err := trainer.Save(path, nil); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("Save: %v", err)
		}
	}
}

package credit

import (
	"math"
	"path/filepath"
	"strings"
	"testing"

	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model/feedforward"
	"github.com/targetprop/targetprop/model/internal/modeltest"
)

// TestSettingsChanged: settings that are changed between steps are looked at again, also by Save; and
// TakeBest ends the training.
func TestSettingsChanged(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 1)
	path := filepath.Join(t.TempDir(), "checkpoint")
	config := feedforward.DefaultConfig(feedforward.Linear, 6, 5, 3)
	pairs := feedforward.Pairs{X: kernels.NewMatrix(9, 6), Y: kernels.NewMatrix(9, 3)}
	for want, change := range map[string]func(t *Trainer){
		"a trainer keeps all":      func(t *Trainer) { t.Settings.Batch = 2 },
		"a trainer keeps all of {": func(t *Trainer) { t.Settings.Optimizer.Rate /= 2 },
		"epochs: want 0 to":        func(t *Trainer) { t.Settings.Epochs = math.MaxInt },
		"a final rate of 7":        func(t *Trainer) { t.Settings.Rates.Final = 7 },
		"TakeBest has ended": func(t *Trainer) {
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
		trainer, err := NewTrainer(network(t, e, config), pairs, plain(Backprop, 0.1), e)
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
	l, err := NewLearner(network(t, e, config), plain(Backprop, 0.1), e)
	if err != nil {
		t.Fatal(err)
	}
	for _, scale := range []float32{-1, float32(math.NaN()), float32(math.Inf(1))} {
		l.RateScale = scale
		if _, err := l.Step(pairs, []int{0}); err == nil || !strings.Contains(err.Error(), "learning rates times") {
			t.Errorf("rates times %v: %v", scale, err)
		}
	}
}

// TestNetworkChanged: another network in the place of the trainer's is refused, and no checkpoint is written.
func TestNetworkChanged(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 1)
	const want = "not the one that it was made for"
	config := feedforward.DefaultConfig(feedforward.Linear, 6, 5, 3)
	pairs := feedforward.Pairs{X: kernels.NewMatrix(9, 6), Y: kernels.NewMatrix(9, 3)}
	for _, other := range []*feedforward.Network{nil, {}, network(t, e, config)} {
		trainer, err := NewTrainer(network(t, e, config), pairs, plain(Backprop, 0.1), e)
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

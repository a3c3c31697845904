package reward

import (
	"math"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/targetprop/targetprop/internal/caught"
	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model"
	"github.com/targetprop/targetprop/model/credit"
	"github.com/targetprop/targetprop/model/feedforward"
	"github.com/targetprop/targetprop/model/internal/modeltest"
	"github.com/targetprop/targetprop/model/internal/schedule"
)

// TestSettingsChanged: settings that are changed between steps are looked at again, and are those
// that the trainer works by.
func TestSettingsChanged(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 1)
	path := filepath.Join(t.TempDir(), "checkpoint")
	for want, change := range map[string]func(s *Training){
		"a trainer keeps all": func(s *Training) { s.Batch = 2 },
		"an epsilon of 7":     func(s *Training) { s.Policy.Epsilon = 7 },
		"epochs: want 0 to":   func(s *Training) { s.Epochs = math.MaxInt },
	} {
		trainer := newTrainer(t, e, feedforward.Linear, clouds(t, 60), settings(credit.Backprop))
		change(&trainer.Settings)
		if _, err := trainer.Step(); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("Step: %v, want %q", err, want)
		}
		if err := trainer.Save(path, nil); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("Save: %v, want %q", err, want)
		}
	}
	trainer := newTrainer(t, e, feedforward.Linear, clouds(t, 60), settings(credit.Backprop))
	if err := trainer.Save(path, map[string]string{noteKey: "mine"}); err == nil || !strings.Contains(err.Error(), "the note \"reward\"") {
		t.Errorf("a note of a name that is taken: %v", err)
	}
	if trainer.Settings.Epochs = 0; !trainer.Done() {
		t.Error("not done with 0 epochs")
	}
}

// breaking are examples of which one cannot be read, once others have earned.
type breaking struct {
	model.Data
	example int
	earned  func() bool
}

func (b breaking) Read(i int, x []float32) {
	if i == b.example {
		for end := time.Now().Add(5 * time.Second); !b.earned() && time.Now().Before(end); {
			time.Sleep(time.Millisecond)
		}
		panic("broken")
	}
	b.Data.Read(i, x)
}

// TestFailedStep: a step that fails, and the look at the angles, earn nothing.
func TestFailedStep(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 2)
	examples := clouds(t, 60)
	trainer := newTrainer(t, e, feedforward.Linear, examples, settings(credit.Backprop))
	step := func() {
		if _, err := trainer.Step(); err != nil {
			t.Fatal(err)
		}
	}
	step()
	want := trainer.Reward()
	if _, err := trainer.Angles(); err != nil || trainer.Reward() != want {
		t.Errorf("angles: error %v, a reward of %v for %v", err, trainer.Reward(), want)
	}
	points := examples.Data.(interface{ Row(int) []float32 })
	for i := range 60 {
		points.Row(i)[0] = float32(math.NaN())
	}
	if _, err := trainer.Step(); err == nil || trainer.Reward() != want {
		t.Errorf("a failed step: error %v, a reward of %v for %v", err, trainer.Reward(), want)
	}
	for i := range 60 {
		points.Row(i)[0] = 0
	}
	before := trainer.bandit.earned.Load()
	order, err := schedule.New(60, trainer.Settings.Batch, trainer.Settings.Epochs, trainer.Settings.Seed)
	if err != nil {
		t.Fatal(err)
	}
	order.Advance()
	numbers := order.Minibatch()
	trainer.bandit.Data = breaking{examples.Data, numbers[len(numbers)-1], func() bool { return trainer.bandit.earned.Load() > before }}
	if reason := caught.Panic(func() { _, _ = trainer.Step() }); reason == "" || trainer.Reward() != want {
		t.Errorf("a step that panics with %q: a reward of %v for %v", reason, trainer.Reward(), want)
	}
}

// TestNetworkChanged: another network in the place of the trainer's is refused, and no checkpoint is written.
func TestNetworkChanged(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 1)
	const want = "not the one that it was made for"
	for _, other := range []*feedforward.Network{nil, {}} {
		trainer := newTrainer(t, e, feedforward.Linear, clouds(t, 60), settings(credit.Backprop))
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

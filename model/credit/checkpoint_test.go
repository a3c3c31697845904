package credit

import (
	"errors"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/targetprop/targetprop/internal/safetensors"
	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model/internal/modeltest"
	"github.com/targetprop/targetprop/model/internal/tensors"
)

func TestResumeContinuesBitForBit(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 2)
	data := classes(t, 50)
	for _, rule := range Rules() {
		for _, optimizer := range []kernels.Rule{kernels.RMSProp, kernels.SGD, kernels.Adam} {
			settings := small(rule)
			settings.Optimizer.Rule = optimizer
			whole := newTrainer(t, e, data, settings)
			train(t, whole)
			for stop := range 2 * whole.StepsPerEpoch() {
				trainer := newTrainer(t, e, data, settings)
				for range stop {
					if _, err := trainer.Step(); err != nil {
						t.Fatal(err)
					}
				}
				path := filepath.Join(t.TempDir(), "checkpoint.safetensors")
				if err := trainer.Save(path, map[string]string{"data": "toy"}); err != nil {
					t.Fatal(err)
				}
				c, err := LoadCheckpoint(path)
				if err != nil {
					t.Fatal(err)
				}
				if c.Notes["data"] != "toy" || len(c.Notes) != 1 {
					t.Errorf("notes became %v", c.Notes)
				}
				for range 2 { // the second is not disturbed by the first
					resumed, err := c.Resume(data, e)
					if err != nil {
						t.Fatal(err)
					}
					train(t, resumed)
					if i := modeltest.FirstDifference(parameters(resumed.learner), parameters(whole.learner)); i >= 0 {
						t.Errorf("%v, %v stopped at step %d: parameter %d differs", rule, optimizer, stop, i)
					}
					if !slices.Equal(resumed.Losses(), whole.Losses()) {
						t.Errorf("%v, %v stopped at step %d: losses %v, want %v", rule, optimizer, stop, resumed.Losses(), whole.Losses())
					}
				}
			}
		}
	}
}

func TestFileRoundTrip(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 1)
	trainer := newTrainer(t, e, classes(t, 50), small(DifferenceTargets))
	train(t, trainer)
	path := filepath.Join(t.TempDir(), "network.safetensors")
	want := File{Network: trainer.Network, Training: trainer.Settings, Notes: map[string]string{"data": "toy"}}
	if err := want.Save(path); err != nil {
		t.Fatal(err)
	}
	got, err := Load(path)
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("the file became %+v, want %+v", got, want)
	}
	if _, err := LoadCheckpoint(path); err == nil || !strings.Contains(err.Error(), "finished network") {
		t.Errorf("a finished network as a checkpoint: error %v", err)
	}
}

func TestFilesThatAreRefused(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 1)
	dir := t.TempDir()
	trainer := newTrainer(t, e, classes(t, 50), small(DifferenceTargets))
	path := filepath.Join(dir, "checkpoint.safetensors")
	if err := trainer.Save(path, nil); err != nil {
		t.Fatal(err)
	}
	stored, err := tensors.Read(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := safetensors.WriteFile(path, stored); err != nil { // without the checksum, which would see all of these
		t.Fatal(err)
	}
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct{ name, old, new, want string }{
		{"format", "targetprop feedforward 1", "targetprop feedforward 9", "not a feed-forward network"},
		{"sizes", `[30,21,17,13,5]`, `[30,21,17,13,6]`, "layer.4"},
		{"rule", `\"dtp\"`, `\"dtq\"`, "unknown rule"},
		{"activation", `\"softplus\"`, `\"softplum\"`, "unknown activation"},
		{"tensor", `layer.2.weight`, `layer.9.weight`, "layer.2.weight"},
		{"inverse", `inverse.2.bias`, `inverse.9.bias`, "inverse.2.bias"},
		{"moment", `inverse.3.mean`, `inverse.9.mean`, "inverse.3.mean"},
	} {
		damaged := strings.Replace(string(content), test.old, test.new, 1)
		if damaged == string(content) {
			t.Fatalf("%s: %s is not in the file", test.name, test.old)
		}
		path := filepath.Join(dir, test.name)
		if err := os.WriteFile(path, []byte(damaged), 0o600); err != nil {
			t.Fatal(err)
		}
		c, err := LoadCheckpoint(path)
		if err == nil {
			_, err = c.Resume(classes(t, 50), e)
		}
		if err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: error %v, want one with %q", test.name, err, test.want)
		}
	}
	c, err := LoadCheckpoint(path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.Resume(classes(t, 51), e); err == nil {
		t.Error("a run on 50 examples continues on 51")
	}
}

// TestResumeWithOthers: what would move the position, or use moments and maps for another rule, is refused,
// and the file not blamed.
func TestResumeWithOthers(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 1)
	path := filepath.Join(t.TempDir(), "checkpoint.safetensors")
	data := classes(t, 50)
	trainer := newTrainer(t, e, data, small(DifferenceTargets))
	if _, err := trainer.Step(); err != nil {
		t.Fatal(err)
	}
	if err := trainer.Save(path, nil); err != nil {
		t.Fatal(err)
	}
	for want, change := range map[string]func(s *Training){
		"to backprop, ":    func(s *Training) { s.Rule = Backprop },
		"to dfa, ":         func(s *Training) { s.Rule = DirectFeedback },
		"batches of 5,":    func(s *Training) { s.Batch = 5 },
		"seed 77":          func(s *Training) { s.Seed = 77 },
		"and rmsprop:":     func(s *Training) { s.Optimizer.Rule = kernels.RMSProp },
		"inverse maps' op": func(s *Training) { s.Targets.Optimizer.Rule = kernels.SGD },
	} {
		c, err := LoadCheckpoint(path)
		if err != nil {
			t.Fatal(err)
		}
		was := c.Training
		change(&c.Training)
		if _, err := c.Resume(data, e); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("error %v, want %q", err, want)
		}
		c.Training = was
		c.Training.Optimizer.Rate /= 2
		c.Training.Epochs++
		if _, err := c.Resume(data, e); err != nil {
			t.Error(err)
		}
	}
}

// TestCut: a step returns the error of examples that can not be read any more.
func TestCut(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 1)
	data := classes(t, 50)
	data.Data = modeltest.Cut{Bars: modeltest.Bars{N: 50, Width: 30}}
	if _, err := newTrainer(t, e, data, small(Backprop)).Step(); !errors.Is(err, modeltest.ErrCut) {
		t.Errorf("error %v", err)
	}
}

// TestNetworkOfCheckpoint: it has the caller's notes alone, and is saved as any other.
func TestNetworkOfCheckpoint(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 1)
	path, notes := filepath.Join(t.TempDir(), "file"), map[string]string{"mine": "kept"}
	if err := newTrainer(t, e, classes(t, 50), small(Backprop)).Save(path, notes); err != nil {
		t.Fatal(err)
	}
	f, err := Load(path)
	if err != nil || !maps.Equal(f.Notes, notes) {
		t.Fatalf("notes %v, error %v", f.Notes, err)
	}
	if err := f.Save(path); err != nil {
		t.Fatal(err)
	}
	if _, err := LoadCheckpoint(path); err == nil || !strings.Contains(err.Error(), "not a checkpoint") {
		t.Errorf("error %v", err)
	}
}

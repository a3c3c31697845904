package model_test

import (
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model"
	"github.com/targetprop/targetprop/model/internal/modeltest"
)

// TestNotes: a note whose name the file needs itself is refused, and not lost or taken for damage.
func TestNotes(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 1)
	n := modeltest.Network(t, e, 30, 8, 4)
	trainer, err := model.NewTrainer(n, modeltest.Bars{N: 20, Width: 30}, smallTraining(), e)
	if err != nil {
		t.Fatal(err)
	}
	n.Prior = model.Prior{Mean: make([]float32, 4), Std: make([]float32, 4)}
	path := filepath.Join(t.TempDir(), "file")
	for _, key := range []string{"format", "config", "training", "position", "content_sha256", "content_sha257"} {
		notes := map[string]string{key: "mine"}
		for what, err := range map[string]error{"model": model.File{Network: n, Notes: notes}.Save(path), "checkpoint": trainer.Save(path, notes)} {
			if err == nil || !strings.Contains(err.Error(), "the note \""+key) {
				t.Errorf("%s with a note %q: %v", what, key, err)
			}
			if _, err := os.Stat(path); err == nil {
				t.Errorf("%s with a note %q is written", what, key)
			}
		}
	}
	if err := (model.File{Network: n, Notes: map[string]string{"mine": "kept"}}).Save(path); err != nil {
		t.Fatal(err)
	}
	if f, err := model.Load(path); err != nil || f.Notes["mine"] != "kept" {
		t.Errorf("notes %v, error %v", f.Notes, err)
	}
}

// TestModelOfCheckpoint: a checkpoint's model has the caller's notes alone, and is saved as any other once it has a prior.
func TestModelOfCheckpoint(t *testing.T) {
	e, data := modeltest.Engine(t, kernels.AVX512, 1), modeltest.Bars{N: 20, Width: 30}
	trainer, err := model.NewTrainer(modeltest.Network(t, e, 30, 8, 4), data, smallTraining(), e)
	if err != nil {
		t.Fatal(err)
	}
	path, notes := filepath.Join(t.TempDir(), "file"), map[string]string{"mine": "kept"}
	if err := trainer.Save(path, notes); err != nil {
		t.Fatal(err)
	}
	c, err := model.LoadCheckpoint(path)
	if err != nil {
		t.Fatal(err)
	}
	f, err := c.Model()
	if err != nil {
		t.Fatal(err)
	}
	if err := f.Network.EstimatePrior(t.Context(), e, data, f.Training.Inference, nil); err != nil {
		t.Fatal(err)
	}
	if err := f.Save(path); err != nil {
		t.Fatal(err)
	}
	if f, err := model.Load(path); err != nil || !maps.Equal(f.Notes, notes) {
		t.Errorf("notes %v, error %v", f.Notes, err)
	}
}

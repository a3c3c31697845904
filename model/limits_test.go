package model_test

import (
	"encoding/json"
	"errors"
	"math"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/targetprop/targetprop/internal/safetensors"
	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model"
	"github.com/targetprop/targetprop/model/internal/modeltest"
)

// TestLimits: what would overflow, or draw the same noise twice, is refused.
func TestLimits(t *testing.T) {
	if err := model.DefaultConfig(slices.Repeat([]int{2}, 256)...).Validate(); err != nil {
		t.Errorf("255 latent layers: %v", err)
	}
	if err := model.DefaultConfig(slices.Repeat([]int{2}, 257)...).Validate(); err == nil || !strings.Contains(err.Error(), "256 latent layers") {
		t.Errorf("256 latent layers: error %v", err)
	}
	s := model.DefaultTraining()
	for _, n := range []int{math.MaxInt, model.MaxIterations + 1, -1} {
		if s.Inference.Iterations = n; s.Validate() == nil {
			t.Errorf("%d iterations: no error", n)
		}
	}
}

// nanData has a value that is not finite in one example.
type nanData struct{ modeltest.Bars }

func (d nanData) Read(i int, dst []float32) {
	d.Bars.Read(i, dst)
	if i == 7 {
		dst[2] = float32(math.NaN())
	}
}

// spoilt has an infinite value in each example as long as it is bad.
type spoilt struct {
	modeltest.Bars
	bad bool
}

func (s *spoilt) Read(i int, dst []float32) {
	s.Bars.Read(i, dst)
	if s.bad {
		dst[2] = float32(math.Inf(1))
	}
}

// TestFailedStep: a step that fails at a later map has not counted the losses of those before.
func TestFailedStep(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 1)
	config := model.DefaultConfig(30, 8, 4)
	config.Encoders = []kernels.Activation{kernels.Sigmoid, kernels.Sigmoid}
	settings := smallTraining()
	settings.Batch = 10
	losses := func(fail bool) []float64 {
		data := &spoilt{Bars: modeltest.Bars{N: 20, Width: 30}}
		n, err := model.New(config, 1, e)
		if err != nil {
			t.Fatal(err)
		}
		trainer, err := model.NewTrainer(n, data, settings, e)
		if err != nil {
			t.Fatal(err)
		}
		for i := range 2 {
			if data.bad = fail && i == 1; data.bad { // not first of an epoch, where losses are cleared
				if _, err := trainer.Step(); err == nil {
					t.Fatal("an infinite value: no error")
				}
			}
			data.bad = false
			if _, err := trainer.Step(); err != nil {
				t.Fatal(err)
			}
		}
		return trainer.Losses()
	}
	if got, want := losses(true), losses(false); !slices.Equal(got, want) {
		t.Errorf("losses %v, want %v", got, want)
	}
}

// TestDataNotFinite: the example is named, and the rate not blamed.
func TestDataNotFinite(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 1)
	trainer, err := model.NewTrainer(modeltest.Network(t, e, 30, 8, 4), nanData{modeltest.Bars{N: 20, Width: 30}}, smallTraining(), e)
	if err != nil {
		t.Fatal(err)
	}
	for err == nil && !trainer.Done() {
		_, err = trainer.Step()
	}
	if err == nil || errors.Is(err, model.ErrDiverged) || !strings.Contains(err.Error(), "example 7 of the data: value 2 is NaN") {
		t.Errorf("error %v", err)
	}
}

// TestInferenceOfFile: a model whose settings of INFERENCE no training can have is not loaded, and
// not saved: it is used with them.
func TestInferenceOfFile(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 1)
	n := modeltest.Network(t, e, 30, 8, 4)
	n.Prior = model.Prior{Mean: make([]float32, 4), Std: make([]float32, 4)}
	path := filepath.Join(t.TempDir(), "m.safetensors")
	if err := (model.File{Network: n, Training: model.DefaultTraining()}).Save(path); err != nil {
		t.Fatal(err)
	}
	stored, err := safetensors.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	good := stored.Metadata["training"]
	delete(stored.Metadata, "content_sha256")
	for _, c := range []struct {
		spoil func(s *model.Inference)
		want  string
	}{
		{func(s *model.Inference) { s.Iterations = 1 << 30 }, "1073741824 iterations"},
		{func(s *model.Inference) { s.Iterations = -1 }, "-1 iterations"},
		{func(s *model.Inference) { s.Delta = 9e18 }, "delta 9e+18"},
		{func(s *model.Inference) { s.Alpha = -1 }, "alpha -1"},
	} {
		var s model.Training
		if err := json.Unmarshal([]byte(good), &s); err != nil {
			t.Fatal(err)
		}
		c.spoil(&s.Inference)
		text, err := json.Marshal(s)
		if err != nil {
			t.Fatal(err)
		}
		stored.Metadata["training"] = string(text)
		if err := safetensors.WriteFile(path, stored); err != nil {
			t.Fatal(err)
		}
		if _, err := model.Load(path); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("load: %v, want %q", err, c.want)
		}
		if err := (model.File{Network: n, Training: s}).Save(path); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("save: %v, want %q", err, c.want)
		}
	}
}

// TestUsesOfDataNotFinite: what is computed from values, or with weights, that are not finite is no
// number; the example is named, and the rate blamed for a weight only.
func TestUsesOfDataNotFinite(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 2)
	data := nanData{modeltest.Bars{N: 20, Width: 30}}
	for name, use := range uses(e, t.TempDir()+"/model") {
		switch name {
		case "CheckData", "NewTrainer", "Resume", "Save without data", "Generate without data", "GenerateFrom without data", "Fill without data":
			continue
		}
		if err := use(modeltest.Network(t, e, 30, 8, 4), data); err == nil || errors.Is(err, model.ErrDiverged) || !strings.Contains(err.Error(), "example 7 of the data: value 2 is NaN") {
			t.Errorf("%s: %v", name, err)
		}
	}
	top := kernels.NewMatrix(2, 4)
	top.Row(1)[3] = float32(math.Inf(-1))
	if _, err := modeltest.Network(t, e, 30, 8, 4).GenerateFrom(t.Context(), e, top, model.DefaultSampling(), nil); err == nil || !strings.Contains(err.Error(), "value 3 is -Inf") {
		t.Errorf("states that are not finite: %v", err)
	}
	for _, name := range []string{"Features", "EstimatePrior", "ReconstructionError", "Generate without data", "GenerateFrom without data", "Fill without data"} {
		n := modeltest.Network(t, e, 30, 8, 4)
		n.Prior = model.Prior{Mean: make([]float32, 4), Std: make([]float32, 4)}
		n.Encoders[0].Weights.Data[3] = float32(math.NaN())
		n.Decoders[0].Weights.Data[3] = float32(math.NaN())
		if err := uses(e, "")[name](n, data.Bars); !errors.Is(err, model.ErrDiverged) {
			t.Errorf("%s by a weight of NaN: %v", name, err)
		}
	}
}

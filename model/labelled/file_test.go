package labelled_test

import (
	"errors"
	"maps"
	"math"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model"
	"github.com/targetprop/targetprop/model/internal/modeltest"
	"github.com/targetprop/targetprop/model/labelled"
)

func TestResumeContinuesBitForBit(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 2)
	data := modeltest.Bars{N: 50, Width: 30}
	for _, rule := range []kernels.Rule{kernels.RMSProp, kernels.SGD, kernels.Adam} {
		settings := smallTraining()
		settings.Optimizer.Rule = rule
		fresh := func() *labelled.Trainer {
			trainer, err := labelled.NewTrainer(network(t, e, 5, 30, 21, 13), data, settings, e)
			if err != nil {
				t.Fatal(err)
			}
			return trainer
		}
		whole := fresh()
		train(t, whole)
		for stop := range 2 * whole.StepsPerEpoch() {
			trainer := fresh()
			for range stop {
				if _, err := trainer.Step(); err != nil {
					t.Fatal(err)
				}
			}
			path := filepath.Join(t.TempDir(), "checkpoint.safetensors")
			if err := trainer.Save(path, map[string]string{"data": "toy"}); err != nil {
				t.Fatal(err)
			}
			c, err := labelled.LoadCheckpoint(path)
			if err != nil {
				t.Fatal(err)
			}
			if len(c.Notes) != 1 || c.Notes["data"] != "toy" {
				t.Errorf("notes became %v", c.Notes)
			}
			if f, err := c.Model(); err != nil || !maps.Equal(f.Notes, c.Notes) {
				t.Errorf("notes of the model %v, error %v", f.Notes, err)
			}
			for range 2 { // the second is not disturbed by the first
				resumed, err := c.Resume(data, e)
				if err != nil {
					t.Fatal(err)
				}
				train(t, resumed)
				if i := modeltest.FirstDifference(parameters(resumed.Network), parameters(whole.Network)); i >= 0 {
					t.Errorf("%v stopped at step %d: parameter %d differs", rule, stop, i)
				}
				if !slices.Equal(resumed.Losses(), whole.Losses()) {
					t.Errorf("%v stopped at step %d: losses %v, want %v", rule, stop, resumed.Losses(), whole.Losses())
				}
			}
		}
	}
}

func TestFilesKeepEverything(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 1)
	n := network(t, e, 5, 20, 17, 6)
	path := filepath.Join(t.TempDir(), "model.safetensors")
	file := labelled.File{Network: n, Training: smallTraining(), Notes: map[string]string{"data": "toy"}}
	if err := file.Save(path); !errors.Is(err, labelled.ErrNoPrior) {
		t.Errorf("error %v, want ErrNoPrior", err)
	}
	if err := n.EstimatePriors(t.Context(), e, modeltest.Bars{N: 60, Width: 20}, smallTraining().Inference, nil); err != nil {
		t.Fatal(err)
	}
	if err := file.Save(path); err != nil {
		t.Fatal(err)
	}
	again, err := labelled.Load(path)
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(again.Network.Priors, n.Priors) || !slices.Equal(again.Network.Shares, n.Shares) ||
		modeltest.FirstDifference(parameters(again.Network), parameters(n)) >= 0 ||
		!reflect.DeepEqual(again.Network.Config, n.Config) || again.Training != file.Training || !reflect.DeepEqual(again.Notes, file.Notes) {
		t.Error("the file reads as something else")
	}
	if _, err := labelled.LoadCheckpoint(path); err == nil || !strings.Contains(err.Error(), "not a checkpoint") {
		t.Errorf("a model as checkpoint: error %v", err)
	}
	if _, err := model.Load(path); err == nil {
		t.Error("a labelled model read as an unlabelled one")
	}
	plain := modeltest.Trained(t, e, modeltest.Bars{N: 20, Width: 20}, 1, 20, 6)
	if err := (model.File{Network: plain, Training: model.DefaultTraining()}).Save(path); err != nil {
		t.Fatal(err)
	}
	if _, err := labelled.Load(path); err == nil || !strings.Contains(err.Error(), "not a labelled model") {
		t.Errorf("an unlabelled model: error %v", err)
	}
	n.Decoder.Weights.Data[0] = float32(math.Inf(1))
	if err := file.Save(path); !errors.Is(err, model.ErrDiverged) {
		t.Errorf("error %v, want ErrDiverged", err)
	}
}

func TestBadTraining(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 1)
	n := network(t, e, 5, 20, 9)
	bars := modeltest.Bars{N: 30, Width: 20}
	for name, change := range map[string]func(*labelled.Training){
		"epochs":     func(s *labelled.Training) { s.Epochs = -1 },
		"batch":      func(s *labelled.Training) { s.Batch = 0 },
		"iterations": func(s *labelled.Training) { s.Inference.Iterations = -1 },
		"delta":      func(s *labelled.Training) { s.Inference.Delta = float32(math.NaN()) },
		"alpha":      func(s *labelled.Training) { s.Inference.Alpha = -1 },
		"beta":       func(s *labelled.Training) { s.Inference.Beta = 1.5 },
		"noise":      func(s *labelled.Training) { s.Corruption.UpNoise = -1 },
		"rate":       func(s *labelled.Training) { s.Optimizer.Rate = float32(math.NaN()) },
		"final rate": func(s *labelled.Training) { s.Rates.Final = 2 },
		"patience":   func(s *labelled.Training) { s.Patience = -1 },
		"missing":    func(s *labelled.Training) { s.MissingRate = math.NaN() },
	} {
		settings := smallTraining()
		change(&settings)
		if _, err := labelled.NewTrainer(n, bars, settings, e); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
	for name, data := range map[string]labelled.Data{
		"width":   modeltest.Bars{N: 30, Width: 21},
		"no data": modeltest.Bars{Width: 20},
		"labels":  labelled.Examples{Data: bars, Labels: make([]uint8, 29)},
		"label":   labelled.Examples{Data: bars, Labels: slices.Repeat([]uint8{5}, 30)},
	} {
		if _, err := labelled.NewTrainer(n, data, smallTraining(), e); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
	for _, config := range []labelled.Config{
		labelled.DefaultConfig(1, 20, 9), labelled.DefaultConfig(257, 20, 9), labelled.DefaultConfig(5, 20), labelled.DefaultConfig(5, 20, 0),
	} {
		if _, err := labelled.New(config, 1, e); err == nil {
			t.Errorf("%+v: no error", config)
		}
	}
	trainer, err := labelled.NewTrainer(n, bars, smallTraining(), e)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "checkpoint.safetensors")
	if err := trainer.Save(path, nil); err != nil {
		t.Fatal(err)
	}
	c, err := labelled.LoadCheckpoint(path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.Resume(modeltest.Bars{N: 31, Width: 20}, e); err == nil {
		t.Error("resumed on other data: no error")
	}
	if _, err := labelled.Load(path); err == nil {
		t.Error("a checkpoint read as a model")
	}
}

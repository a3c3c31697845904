package model_test

import (
	"errors"
	"math"
	"path/filepath"
	"slices"
	"testing"

	"github.com/targetprop/targetprop/internal/grouptest"
	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model"
	"github.com/targetprop/targetprop/model/internal/modeltest"
)

// patient are settings of a short training that stops early: see script.
func patient() model.Training {
	s := smallTraining()
	s.Epochs, s.Patience = 9, 2
	s.Rates = model.Rates{Shape: model.Cosine, Final: 0.1, Warmup: 3}
	return s
}

// script are the errors that are told at the ends of the epochs.
var script = []float64{5, 4, 3, 3.5, 3}

// ends tells the error at the end of an epoch.
func ends(trainer *model.Trainer) error {
	epoch, step := trainer.Position()
	if step != 0 {
		return nil
	}
	return trainer.EndEpoch(script[epoch-1])
}

// TestPatience: training stops when so many epochs were no better, and the network gets
// the parameters of the best one; the same ones in groups of processes, and after stops
// at each step.
func TestPatience(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 2)
	fresh := func(g model.Group, e *kernels.Engine) (*model.Trainer, error) {
		n, err := model.New(model.DefaultConfig(30, 21, 13), 3, e)
		if err != nil {
			return nil, err
		}
		n.Group = g
		return model.NewTrainer(n, groupData, patient(), e)
	}
	alone, err := fresh(nil, e)
	if err != nil {
		t.Fatal(err)
	}
	var third []float32
	for !alone.Done() {
		if _, err := alone.Step(); err != nil {
			t.Fatal(err)
		}
		if err := ends(alone); err != nil {
			t.Fatal(err)
		}
		if epoch, step := alone.Position(); epoch == 3 && step == 0 {
			third = modeltest.Parameters(alone.Network)
		}
	}
	epoch, _ := alone.Position()
	if best, loss := alone.Best(); epoch != 5 || !alone.Stopped() || best != 3 || loss != 3 {
		t.Errorf("stopped %v after %d epochs, the best %d with %v", alone.Stopped(), epoch, best, loss)
	}
	if slices.Equal(modeltest.Parameters(alone.Network), third) {
		t.Error("the parameters of two epochs are the same")
	}
	if err := alone.TakeBest(); err != nil || !slices.Equal(modeltest.Parameters(alone.Network), third) {
		t.Errorf("not the parameters of the best epoch, %v", err)
	}
	for _, size := range []int{1, 2, 3} {
		all, path := engines(t, size), filepath.Join(t.TempDir(), "checkpoint")
		for step := 0; ; step++ {
			stopped := make([]bool, size)
			grouptest.Together(t, size, func(m grouptest.Member) error {
				trainer, err := fresh(m, all[m.Rank()])
				if step > 0 {
					c, loaded := model.LoadCheckpoint(path)
					if loaded != nil {
						return loaded
					}
					c.Network.Group = m
					trainer, err = c.Resume(groupData, all[m.Rank()])
				}
				if err != nil {
					return err
				}
				if err := m.Gather(nil, make([]int, size+1)); err != nil { // until all have read
					return err
				}
				if stopped[m.Rank()] = trainer.Done(); trainer.Done() {
					err := trainer.TakeBest()
					if !slices.Equal(modeltest.Parameters(trainer.Network), third) {
						t.Errorf("rank %d of %d has other parameters of the best epoch", m.Rank(), size)
					}
					return err
				}
				if _, err := trainer.Step(); err != nil {
					return err
				}
				if err := ends(trainer); err != nil {
					return err
				}
				return trainer.Save(path, nil)
			})
			if stopped[0] {
				if want := 5 * alone.StepsPerEpoch(); step != want {
					t.Errorf("%d processes stopped after %d steps, want %d", size, step, want)
				}
				break
			}
		}
	}
}

// TestTakeBestInTheMiddle: a group that is to finish now does so with the best epoch.
func TestTakeBestInTheMiddle(t *testing.T) {
	const size = 2
	all := engines(t, size)
	grouptest.Together(t, size, func(m grouptest.Member) error {
		n, err := model.New(model.DefaultConfig(30, 21, 13), 3, all[m.Rank()])
		if err != nil {
			return err
		}
		n.Group = m
		trainer, err := model.NewTrainer(n, groupData, patient(), all[m.Rank()])
		if err != nil {
			return err
		}
		var first []float32
		for range trainer.StepsPerEpoch() + 1 {
			if _, err := trainer.Step(); err != nil {
				return err
			}
			if epoch, step := trainer.Position(); epoch == 1 && step == 0 {
				first = modeltest.Parameters(n)
				if err := trainer.EndEpoch(1); err != nil {
					return err
				}
			}
		}
		err = trainer.TakeBest()
		if !slices.Equal(modeltest.Parameters(n), first) {
			t.Errorf("rank %d has other parameters", m.Rank())
		}
		return err
	})
}

// TestEndEpochErrors: what can not be judged is refused.
func TestEndEpochErrors(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 1)
	trainer, err := model.NewTrainer(modeltest.Network(t, e, 30, 21, 13), groupData, patient(), e)
	if err != nil {
		t.Fatal(err)
	}
	if trainer.EndEpoch(1) == nil {
		t.Error("the end of no epoch is judged")
	}
	for range trainer.StepsPerEpoch() {
		if _, err := trainer.Step(); err != nil {
			t.Fatal(err)
		}
	}
	if err := trainer.EndEpoch(math.NaN()); !errors.Is(err, model.ErrDiverged) {
		t.Errorf("an error that is not a number: %v", err)
	}
	if epoch, _ := trainer.Best(); epoch != 0 {
		t.Errorf("the best epoch is %d", epoch)
	}
}

// TestReconstructionError compares it with a sum over the decoder's output, in groups.
func TestReconstructionError(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 2)
	n := modeltest.Network(t, e, 30, 21, 13)
	settings := smallTraining().Inference
	const most = 20
	s := n.NewStates(most)
	for i := range most {
		groupData.Read(i*groupData.N/most, s.H[0].Row(i))
	}
	n.Infer(e, s, settings)
	n.Predict(e, s)
	want := 0.0
	for i := range most {
		for j, x := range s.H[0].Row(i) {
			want += math.Pow(float64(x-s.Prediction[1].Row(i)[j]), 2) / most
		}
	}
	got, err := n.ReconstructionError(t.Context(), e, groupData, most, settings)
	if err != nil || math.Abs(got-want) > 1e-6*want {
		t.Errorf("%v, %v; want %v", got, err, want)
	}
	grouptest.Together(t, 3, func(m grouptest.Member) error {
		here := *n
		here.Group = m
		together, err := here.ReconstructionError(t.Context(), e, groupData, most, settings)
		if together != got {
			t.Errorf("rank %d finds %v, one process %v", m.Rank(), together, got)
		}
		return err
	})
	if _, err := n.ReconstructionError(t.Context(), e, modeltest.Bars{Width: 30}, most, settings); err == nil {
		t.Error("the reconstruction of no examples has an error")
	}
}

// TestRatesChangeTraining: each shape trains to other parameters, and a cosine does so as
// steps with its rates do.
func TestRatesChangeTraining(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 1)
	train := func(r model.Rates) []float32 {
		s := smallTraining()
		s.Rates = r
		trainer, err := model.NewTrainer(modeltest.Network(t, e, 30, 21, 13), groupData, s, e)
		if err != nil {
			t.Fatal(err)
		}
		modeltest.Train(t, trainer)
		return modeltest.Parameters(trainer.Network)
	}
	constant := train(model.Rates{})
	for _, r := range []model.Rates{{Shape: model.Linear}, {Shape: model.Cosine}, {Warmup: 3}} {
		if slices.Equal(train(r), constant) {
			t.Errorf("%+v trains as a constant rate does", r)
		}
	}
	s := smallTraining()
	trainer, err := model.NewTrainer(modeltest.Network(t, e, 30, 21, 13), groupData, s, e)
	if err != nil {
		t.Fatal(err)
	}
	r := model.Rates{Shape: model.Cosine, Final: 0.2}
	for step := 0; !trainer.Done(); step++ {
		trainer.Settings.Optimizer.Rate = r.At(s.Optimizer.Rate, step, s.Epochs*trainer.StepsPerEpoch())
		if _, err := trainer.Step(); err != nil {
			t.Fatal(err)
		}
	}
	if !slices.Equal(modeltest.Parameters(trainer.Network), train(r)) {
		t.Error("a cosine trains in another way than steps with its rates")
	}
}

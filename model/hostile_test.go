package model_test

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/targetprop/targetprop/dataset"
	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model"
	"github.com/targetprop/targetprop/model/internal/modeltest"
	"github.com/targetprop/targetprop/model/mask"
)

// uses are the ways to use a network with examples.
func uses(e *kernels.Engine, path string) map[string]func(n *model.Network, data model.Data) error {
	ctx, images := context.Background(), kernels.NewMatrix(3, 30)
	return map[string]func(n *model.Network, data model.Data) error{
		"CheckData": func(n *model.Network, data model.Data) error { return n.CheckData(data) },
		"Train":     func(n *model.Network, data model.Data) error { return n.Train(ctx, e, data, smallTraining(), nil) },
		"EstimatePrior": func(n *model.Network, data model.Data) error {
			return n.EstimatePrior(ctx, e, data, model.TrainInference(), nil)
		},
		"NewTrainer": func(n *model.Network, data model.Data) error {
			_, err := model.NewTrainer(n, data, smallTraining(), e)
			return err
		},
		"Resume": func(n *model.Network, data model.Data) error {
			_, err := model.Checkpoint{File: model.File{Network: n, Training: smallTraining()}}.Resume(data, e)
			return err
		},
		"Features": func(n *model.Network, data model.Data) error {
			_, err := n.Features(ctx, e, data, 1, model.TrainInference(), nil)
			return err
		},
		"ReconstructionError": func(n *model.Network, data model.Data) error {
			_, err := n.ReconstructionError(ctx, e, data, 20, model.TrainInference())
			return err
		},
		"Generate without data": func(n *model.Network, _ model.Data) error {
			_, err := n.Generate(ctx, e, 3, model.DefaultSampling(), nil)
			return err
		},
		"GenerateFrom without data": func(n *model.Network, _ model.Data) error {
			_, err := n.GenerateFrom(ctx, e, kernels.NewMatrix(2, 4), model.DefaultSampling(), nil)
			return err
		},
		"Fill without data": func(n *model.Network, _ model.Data) error {
			_, err := n.Fill(ctx, e, images, []mask.Mask{slices.Repeat(mask.Mask{true}, 30)}, model.DefaultFilling(), nil)
			return err
		},
		"Save without data": func(n *model.Network, _ model.Data) error { return model.File{Network: n}.Save(path) },
	}
}

// TestNetworkOfNobody: a network that New did not make, or that was taken apart, is refused by
// whatever uses it, in words.
func TestNetworkOfNobody(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 2)
	inf := float32(math.Inf(1))
	for want, spoil := range map[string]func(n *model.Network) *model.Network{
		"the network is nil":                    func(*model.Network) *model.Network { return nil },
		"0 layers":                              func(*model.Network) *model.Network { return &model.Network{} },
		"0 encoder and 0 decoder maps":          func(n *model.Network) *model.Network { return &model.Network{Config: n.Config} },
		"1 encoder and 2 decoder maps":          func(n *model.Network) *model.Network { n.Encoders = n.Encoders[:1]; return n },
		"encoder 2: 31 x 8 weights":             func(n *model.Network) *model.Network { n.Encoders[1] = n.Encoders[0]; return n },
		"decoder 1: 9 x 30 weights in 5 ":       func(n *model.Network) *model.Network { n.Decoders[0].Weights.Data = make([]float32, 5); return n },
		"the unknown activation Activation(99)": func(n *model.Network) *model.Network { n.Decoders[1].Activation = 99; return n },
		"encoder 1: it has the activation relu, and the configuration has softplus": func(n *model.Network) *model.Network { n.Encoders[0].Activation = kernels.ReLU; return n },
		"maps 1 and 4 of the network have weights in the same memory": func(n *model.Network) *model.Network {
			n.Decoders[1].Weights.Data = n.Encoders[0].Weights.Data
			return n
		},
		"a prior of 4 means and 1 standard": func(n *model.Network) *model.Network { n.Prior.Std = n.Prior.Std[:1]; return n },
		"a prior of 9 means and 9 standard": func(n *model.Network) *model.Network {
			n.Prior.Mean, n.Prior.Std = make([]float32, 9), make([]float32, 9)
			return n
		},
		"the prior: unit 2 has mean +Inf":        func(n *model.Network) *model.Network { n.Prior.Mean[2] = inf; return n },
		"standard deviation -1":                  func(n *model.Network) *model.Network { n.Prior.Std[3] = -1; return n },
		"encoder 1: 31 x 8 weights in 0 element": func(n *model.Network) *model.Network { n.Encoders[0].Weights.Data = nil; return n },
	} {
		for name, use := range uses(e, t.TempDir()+"/model") {
			n := modeltest.Network(t, e, 30, 8, 4)
			n.Prior = model.Prior{Mean: make([]float32, 4), Std: make([]float32, 4)}
			if err := use(spoil(n), modeltest.Bars{N: 20, Width: 30}); err == nil || !strings.Contains(err.Error(), want) {
				t.Errorf("%s: %v, want %q", name, err, want)
			}
		}
	}
}

// lying says what it likes of its size.
type lying struct{ n, dim int }

func (l lying) Len() int            { return l.n }
func (l lying) Dim() int            { return l.dim }
func (l lying) Read(int, []float32) {}

// TestDataOfNobody: examples that cannot be are refused before memory is asked for.
func TestDataOfNobody(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 2)
	n := modeltest.Network(t, e, 30, 8, 4)
	for want, data := range map[string]model.Data{
		"no data":                nil,
		"no data: want examples": (*modeltest.Bars)(nil),
		"31 numbers of examples": dataset.Images{Height: 5, Width: 6, Pixels: make([]uint8, 31)},
		"not what Open returns":  dataset.Images{Stored: &dataset.Stored{}},
		"a matrix of 9 x 30":     model.Rows{Matrix: kernels.Matrix{Rows: 9, Cols: 30, Stride: 30, Data: make([]float32, 269)}},
		"have -1 examples":       lying{-1, 30},
		"examples: want 0 to":    lying{math.MaxInt, 30},
		"examples of -9 numbers": lying{20, -9},
		"examples of 31 numbers": lying{20, 31},
	} {
		for name, use := range uses(e, t.TempDir()+"/model") {
			if strings.HasSuffix(name, "without data") {
				continue
			}
			if err := use(n, data); err == nil || !strings.Contains(err.Error(), want) {
				t.Errorf("%s: %v, want %q", name, err, want)
			}
		}
	}
	if _, err := model.NewTrainer(n, lying{0, 30}, smallTraining(), e); err == nil || !strings.Contains(err.Error(), "no examples") {
		t.Errorf("a trainer of no examples: %v", err)
	}
	n.Prior = model.Prior{Mean: make([]float32, 4), Std: make([]float32, 4)}
	if _, err := n.Generate(context.Background(), e, math.MaxInt, model.DefaultSampling(), nil); err == nil || !strings.Contains(err.Error(), "samples") {
		t.Errorf("all samples that can be counted: %v", err)
	}
	n.Encoders[0].Weights.Data[3] = float32(math.NaN())
	if _, err := n.ReconstructionError(context.Background(), e, modeltest.Bars{N: 20, Width: 30}, 9, model.TrainInference()); !errors.Is(err, model.ErrDiverged) {
		t.Errorf("the reconstruction by a weight of NaN: %v", err)
	}
}

// TestStatesOfNobody: what has no error to return panics in words.
func TestStatesOfNobody(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 2)
	n, other := modeltest.Network(t, e, 30, 8, 4), modeltest.Network(t, e, 30, 7, 4)
	for want, call := range map[string]func(){
		"the states are nil":                   func() { n.Infer(e, nil, model.TrainInference()) },
		"states of 0 layers":                   func() { n.Infer(e, &model.States{}, model.TrainInference()) },
		"states of layer 1 are 3 x 7":          func() { n.Predict(e, other.NewStates(3)) },
		fmt.Sprint(math.MaxInt, " iterations"): func() { n.Infer(e, n.NewStates(3), model.Inference{Iterations: math.MaxInt}) },
		"-1 iterations":                        func() { n.Infer(e, n.NewStates(3), model.Inference{Iterations: -1}) },
		"delta NaN":                            func() { n.Sweep(e, n.NewStates(3), model.Inference{Delta: float32(math.NaN())}) },
		"states of 1 layers":                   func() { n.Start(e, &model.States{H: make([]kernels.Matrix, 1)}) },
		"map 0 of 2":                           func() { n.Encode(e, kernels.NewMatrix(3, 8), 0, kernels.NewMatrix(3, 30)) },
		"map 3 of 2":                           func() { n.Decode(e, kernels.NewMatrix(3, 8), 3, kernels.NewMatrix(3, 30)) },
		"the Engine is nil":                    func() { _, _ = model.NewTrainer(n, modeltest.Bars{N: 20, Width: 30}, smallTraining(), nil) },
		"is not what NewTrainer":               func() { _, _ = new(model.Trainer).Step() },
		"Trainer is not what NewTrainer ":      func() { new(model.Trainer).Done() },
		"mine": func() {
			_, _ = n.Features(context.Background(), e, modeltest.Bars{N: 20, Width: 30}, 1, model.TrainInference(), func(int) { panic("mine") })
		},
	} {
		func() {
			defer func() {
				if reason, _ := recover().(string); !strings.Contains(reason, want) {
					t.Errorf("panic %q, want %q", reason, want)
				}
			}()
			call()
		}()
	}
}

// TestWeightsBehindEachOther: maps may have their weights in one slice, also if each goes on to its end.
func TestWeightsBehindEachOther(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 1)
	n := modeltest.Network(t, e, 30, 8, 4)
	var flat []float32
	for _, m := range n.Maps() {
		flat = append(flat, m.Weights.Data...)
	}
	at := 0
	for l := range n.Encoders {
		for _, w := range []*kernels.Packed{&n.Encoders[l].Weights, &n.Decoders[l].Weights} {
			size := len(w.Data)
			w.Data = flat[at:]
			at += size
		}
	}
	other := modeltest.Network(t, e, 30, 8, 4)
	for _, n := range []*model.Network{n, other} {
		trainer, err := model.NewTrainer(n, modeltest.Bars{N: 20, Width: 30}, smallTraining(), e)
		if err != nil {
			t.Fatal(err)
		}
		modeltest.Train(t, trainer)
	}
	for i, m := range n.Maps() {
		if want := other.Maps()[i].Weights.Data; !slices.Equal(m.Weights.Data[:len(want)], want) {
			t.Errorf("map %d learns otherwise", i+1)
		}
	}
}

// TestTooLargeToCompute: an untrained network is not said to have diverged alone where the examples are too large.
func TestTooLargeToCompute(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 1)
	n := modeltest.Network(t, e, 6, 5, 4)
	failed := 0
	for _, large := range []float32{1e20, 3e38} {
		x := kernels.NewMatrix(9, 6)
		x.Row(4)[2] = large
		_, reconstructed := n.ReconstructionError(t.Context(), e, model.Rows{Matrix: x}, 9, model.TrainInference())
		_, features := n.Features(t.Context(), e, model.Rows{Matrix: x}, 2, model.TrainInference(), nil)
		for name, err := range map[string]error{"reconstruction": reconstructed, "features": features} {
			if err == nil {
				continue
			}
			if failed++; !strings.Contains(err.Error(), "are to be scaled") {
				t.Errorf("%v, %s: %v", large, name, err)
			}
		}
	}
	if failed == 0 {
		t.Error("the examples are not too large")
	}
}

// TestPriorOfNothing: a prior of no examples is an error that says so, and no divergence; the one that was there stays.
func TestPriorOfNothing(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 1)
	n := modeltest.Network(t, e, 6, 5, 4)
	n.Prior = model.Prior{Mean: []float32{1, 2, 3, 4}, Std: make([]float32, 4)}
	err := n.EstimatePrior(t.Context(), e, modeltest.Bars{N: 0, Width: 6}, model.TrainInference(), nil)
	if err == nil || !strings.Contains(err.Error(), "no examples") || errors.Is(err, model.ErrDiverged) || n.Prior.Mean[3] != 4 {
		t.Errorf("%v, prior %v", err, n.Prior)
	}
}

// TestSquares: gradients whose squares the optimiser can not hold are found after the step, and no rate is blamed alone.
func TestSquares(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 1)
	x := kernels.NewMatrix(40, 6)
	for i := range x.Rows {
		for j := range x.Cols {
			x.Row(i)[j] = float32(1e12 * float64((i*7+j*5)%11))
		}
	}
	s := smallTraining()
	s.Optimizer.Rule = kernels.RMSProp
	trainer, err := model.NewTrainer(modeltest.Network(t, e, 6, 5, 4), model.Rows{Matrix: x}, s, e)
	if err != nil {
		t.Fatal(err)
	}
	for range 3 {
		if _, err := trainer.Step(); err != nil {
			t.Fatal(err)
		}
	}
	if err := trainer.Health(); !errors.Is(err, model.ErrDiverged) || !strings.Contains(err.Error(), "the squares of the gradients of f1") {
		t.Errorf("health: %v", err)
	}
}

package modeltest

import (
	"math/rand/v2"
	"testing"

	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model"
	"github.com/targetprop/targetprop/model/internal/rows"
)

// Engine is an engine for the length of the test.
func Engine(tb testing.TB, limit kernels.ISA, threads int) *kernels.Engine {
	tb.Helper()
	e, err := kernels.New(kernels.WithMaxISA(limit), kernels.WithThreads(threads))
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(e.Close)
	return e
}

// Network is a new network of the default kind.
func Network(tb testing.TB, e *kernels.Engine, sizes ...int) *model.Network {
	tb.Helper()
	n, err := model.New(model.DefaultConfig(sizes...), 3, e)
	if err != nil {
		tb.Fatal(err)
	}
	return n
}

// Train takes all steps that are left.
func Train(tb testing.TB, t *model.Trainer) {
	tb.Helper()
	for !t.Done() {
		if _, err := t.Step(); err != nil {
			tb.Fatal(err)
		}
	}
}

// Trained is a network that has learned data, with its prior.
func Trained(tb testing.TB, e *kernels.Engine, data model.Data, epochs int, sizes ...int) *model.Network {
	tb.Helper()
	n := Network(tb, e, sizes...)
	settings := model.DefaultTraining()
	settings.Epochs, settings.Batch = epochs, 16
	settings.Optimizer.Rate, settings.UpNoise = 3e-4, 0.3
	trainer, err := model.NewTrainer(n, data, settings, e)
	if err != nil {
		tb.Fatal(err)
	}
	Train(tb, trainer)
	if err := n.EstimatePrior(tb.Context(), e, data, settings.Inference, nil); err != nil {
		tb.Fatal(err)
	}
	return n
}

// TinyNetworks have 1 to 5 latent layers and parameters that are all random,
// biases and the prior included.
func TinyNetworks(tb testing.TB, e *kernels.Engine) []*model.Network {
	tb.Helper()
	var all []*model.Network
	for _, sizes := range [][]int{{7, 5}, {6, 5, 3}, {6, 5, 4, 3}, {4, 6, 3, 5, 2}, {5, 4, 4, 3, 3, 2}} {
		config := model.DefaultConfig(sizes...)
		if len(sizes) == 4 {
			config.Encoders[1], config.Decoders[0] = kernels.Tanh, kernels.Identity
		}
		n, err := model.New(config, 3, e)
		if err != nil {
			tb.Fatal(err)
		}
		rng := rand.New(rand.NewPCG(11, uint64(len(sizes))))
		for _, m := range n.Maps() {
			for j := range m.Outputs() {
				for i := range m.Weights.Rows {
					m.Weights.Data[m.Weights.Index(i, j)] += float32(0.5 * rng.NormFloat64())
				}
			}
		}
		for range sizes[len(sizes)-1] {
			n.Prior.Mean = append(n.Prior.Mean, float32(rng.NormFloat64()))
			n.Prior.Std = append(n.Prior.Std, 0.5+rng.Float32())
		}
		all = append(all, n)
	}
	return all
}

// RandomStates are states as they might be in the middle of an E-step.
func RandomStates(n *model.Network, b int) *model.States {
	s := n.NewStates(b)
	rng := rand.New(rand.NewPCG(5, 6))
	for _, h := range s.H {
		for i := range h.Rows {
			for j := range h.Row(i) {
				h.Row(i)[j] = rng.Float32()
			}
		}
	}
	return s
}

// Parameters is a copy of all weights and biases: of each map the bias, then the
// weights.
func Parameters(n *model.Network) []float32 {
	var all []float32
	for _, m := range n.Maps() {
		w := make([]float32, m.Weights.Rows*m.Weights.Cols)
		m.Weights.Unpack(0, rows.Of(m.Weights.Rows, m.Weights.Cols, w))
		all = append(all, w...)
	}
	return all
}

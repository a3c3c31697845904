package labelled_test

import (
	"fmt"
	"math"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model"
	"github.com/targetprop/targetprop/model/internal/modeltest"
	"github.com/targetprop/targetprop/model/labelled"
	"github.com/targetprop/targetprop/model/mask"
)

// classes gives each example the same label.
type classes struct {
	modeltest.Bars
	label int
}

func (c classes) Label(int) int { return c.label }

// withShares is n with priors and these shares.
func withShares(n *labelled.Network, shares ...float32) *labelled.Network {
	n.Shares, n.Priors = shares, nil
	for range shares {
		n.Priors = append(n.Priors, model.Prior{Mean: make([]float32, 4), Std: make([]float32, 4)})
	}
	return n
}

// TestNetworkOfNobody: a network that New did not make, or that was taken apart, is refused by
// whatever uses it, in words; so are data and labels that cannot be.
func TestNetworkOfNobody(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 2)
	good := classes{modeltest.Bars{N: 20, Width: 30}, 1}
	images, masks := kernels.NewMatrix(3, 30), []mask.Mask{make(mask.Mask, 30)}
	path := t.TempDir() + "/model"
	uses := map[string]func(n *labelled.Network, data labelled.Data) error{
		"trainer": func(n *labelled.Network, data labelled.Data) error {
			_, err := labelled.NewTrainer(n, data, smallTraining(), e)
			return err
		},
		"resume": func(n *labelled.Network, data labelled.Data) error {
			_, err := labelled.Checkpoint{File: labelled.File{Network: n, Training: smallTraining()}}.Resume(data, e)
			return err
		},
		"priors": func(n *labelled.Network, data labelled.Data) error {
			return n.EstimatePriors(t.Context(), e, data, labelled.ClassifyInference(), nil)
		},
		"classify, label-free": func(n *labelled.Network, data labelled.Data) error {
			_, err := n.Classify(t.Context(), e, data, labelled.ClassifyInference(), nil)
			return err
		},
		"generate, data-free": func(n *labelled.Network, _ labelled.Data) error {
			_, err := n.Generate(t.Context(), e, []int{0, 1}, labelled.DefaultSampling(), nil)
			return err
		},
		"draw, data-free": func(n *labelled.Network, _ labelled.Data) error {
			_, err := n.DrawClasses(9, 1)
			return err
		},
		"fill, data-free": func(n *labelled.Network, _ labelled.Data) error {
			_, err := n.Fill(t.Context(), e, images, masks, nil, labelled.DefaultFilling(), nil)
			return err
		},
		"save, data-free": func(n *labelled.Network, _ labelled.Data) error { return labelled.File{Network: n}.Save(path) },
	}
	for want, spoil := range map[string]func(n *labelled.Network) *labelled.Network{
		"the network is nil":                     func(*labelled.Network) *labelled.Network { return nil },
		"0 classes":                              func(*labelled.Network) *labelled.Network { return &labelled.Network{} },
		"the layers of images: model: the netwo": func(n *labelled.Network) *labelled.Network { n.Images = nil; return n },
		"layers of [30 8 4] units for images":    func(n *labelled.Network) *labelled.Network { n.Config.Config = model.DefaultConfig(30, 9, 4); return n },
		"the encoder of labels: 0 x 0 weights":   func(n *labelled.Network) *labelled.Network { n.Encoder.Weights = kernels.Packed{}; return n },
		"the decoder of labels: 5 x 3 weights":   func(n *labelled.Network) *labelled.Network { n.Decoder.Weights.Data = nil; return n },
		"2 priors and 0 shares of 3 classes":     func(n *labelled.Network) *labelled.Network { n.Priors = make([]model.Prior, 2); return n },
		"activations [sigmoid tanh] and": func(n *labelled.Network) *labelled.Network {
			n.Images.Config.Encoders = []kernels.Activation{kernels.Sigmoid, kernels.Tanh}
			n.Images.Encoders[0].Activation = kernels.Sigmoid
			return n
		},
		"the maps of labels have the activations identity and tanh": func(n *labelled.Network) *labelled.Network { n.Decoder.Activation = kernels.Tanh; return n },
		"have weights in the same memory": func(n *labelled.Network) *labelled.Network {
			n.Encoder.Weights.Data = n.Images.Encoders[0].Weights.Data
			return n
		},
		"class 1 has a share of NaN":         func(n *labelled.Network) *labelled.Network { return withShares(n, 0.5, float32(math.NaN()), 0.5) },
		"class 2 has a share of -0.5":        func(n *labelled.Network) *labelled.Network { return withShares(n, 1, 0.5, -0.5) },
		"shares of the examples add up to 0": func(n *labelled.Network) *labelled.Network { return withShares(n, 0, 0, 0) },
		"class 0: the prior: unit 2 has": func(n *labelled.Network) *labelled.Network {
			withShares(n, 0, 0, 1).Priors[0].Std[2] = -1
			return n
		},
		"class 0 has a prior of 0 means": func(n *labelled.Network) *labelled.Network {
			n.Priors, n.Shares = make([]model.Prior, 3), make([]float32, 3)
			return n
		},
	} {
		for name, use := range uses {
			if err := use(spoil(network(t, e, 3, 30, 8, 4)), good); err == nil || !strings.Contains(err.Error(), want) {
				t.Errorf("%s: %v, want %q", name, err, want)
			}
		}
	}
	for want, data := range map[string]labelled.Data{
		"no data":                nil,
		"no data: want examples": labelled.Examples{},
		"1 labels for 9":         labelled.Examples{Data: modeltest.Bars{N: 9, Width: 30}, Labels: []uint8{1}},
		"have -5 examples":       classes{modeltest.Bars{N: -5, Width: 30}, 1},
		"examples of 31 numbers": classes{modeltest.Bars{N: 5, Width: 31}, 1},
		"label 3":                classes{modeltest.Bars{N: 5, Width: 30}, 3},
		fmt.Sprintf("label %d: want 0 to 2", math.MinInt): classes{modeltest.Bars{N: 5, Width: 30}, math.MinInt},
	} {
		for name, use := range uses {
			if strings.HasSuffix(name, "data-free") || strings.HasSuffix(name, "label-free") && strings.HasPrefix(want, "label") {
				continue
			}
			if err := use(network(t, e, 3, 30, 8, 4), data); err == nil || !strings.Contains(err.Error(), want) {
				t.Errorf("%s: %v, want %q", name, err, want)
			}
		}
	}
}

// changing has another label for an example from some question on.
type changing struct {
	modeltest.Bars
	asked *atomic.Int32
	after int32
}

func (c changing) Label(i int) int {
	if i == 7 && c.asked.Add(1) > c.after {
		return 3
	}
	return i % 3
}

// TestLabelsChange: a label that is no class any more, or none yet when it was looked at, is an error that names the example.
func TestLabelsChange(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 2)
	const want = "example 7: label 3: want 0 to 2"
	data := func(after int32) changing {
		return changing{modeltest.Bars{N: 20, Width: 30}, new(atomic.Int32), after}
	}
	trainer, err := labelled.NewTrainer(network(t, e, 3, 30, 8, 4), data(1), smallTraining(), e)
	if err != nil {
		t.Fatal(err)
	}
	for err == nil && !trainer.Done() {
		_, err = trainer.Step()
	}
	if err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("step: %v, want %q", err, want)
	}
	for after := range int32(3) {
		if err := network(t, e, 3, 30, 8, 4).EstimatePriors(t.Context(), e, data(after), labelled.ClassifyInference(), nil); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("priors, after %d questions: %v", after, err)
		}
	}
}

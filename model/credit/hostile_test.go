package credit

import (
	"strings"
	"testing"

	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model/feedforward"
	"github.com/targetprop/targetprop/model/internal/modeltest"
)

// TestNetworkOfNobody: networks and examples that cannot be are refused in words, before a thread
// meets them.
func TestNetworkOfNobody(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 2)
	config := feedforward.DefaultConfig(feedforward.Linear, 6, 5, 3)
	pairs := feedforward.Pairs{X: kernels.NewMatrix(9, 6), Y: kernels.NewMatrix(9, 3)}
	path := t.TempDir() + "/model"
	uses := map[string]func(n *feedforward.Network, examples feedforward.Examples) error{
		"trainer": func(n *feedforward.Network, examples feedforward.Examples) error {
			_, err := NewTrainer(n, examples, plain(Backprop, 0.1), e)
			return err
		},
		"resume": func(n *feedforward.Network, examples feedforward.Examples) error {
			_, err := Checkpoint{File: File{Network: n, Training: plain(Backprop, 0.1)}}.Resume(examples, e)
			return err
		},
		"learner, alone": func(n *feedforward.Network, _ feedforward.Examples) error {
			_, err := NewLearner(n, plain(Backprop, 0.1), e)
			return err
		},
		"predict, alone": func(n *feedforward.Network, _ feedforward.Examples) error {
			_, err := n.Predict(t.Context(), e, pairs, nil)
			return err
		},
		"save, alone": func(n *feedforward.Network, _ feedforward.Examples) error { return File{Network: n}.Save(path) },
	}
	for want, spoil := range map[string]func(n *feedforward.Network) *feedforward.Network{
		"the network is nil":                 func(*feedforward.Network) *feedforward.Network { return nil },
		"0 layers":                           func(*feedforward.Network) *feedforward.Network { return &feedforward.Network{} },
		"0 maps":                             func(n *feedforward.Network) *feedforward.Network { n.Maps = nil; return n },
		"map 1: 7 x 5 weights in 0 elements": func(n *feedforward.Network) *feedforward.Network { n.Maps[0].Weights.Data = nil; return n },
		"map 1: it has the activation relu, and the configuration has tanh": func(n *feedforward.Network) *feedforward.Network {
			n.Maps[0].Activation = kernels.ReLU
			return n
		},
		"maps 1 and 2 of the network have weights in the same memory": func(n *feedforward.Network) *feedforward.Network {
			n.Maps[1].Weights.Data = n.Maps[0].Weights.Data
			return n
		},
		"map 2: the unknown activation": func(n *feedforward.Network) *feedforward.Network { n.Maps[1].Activation = 77; return n },
	} {
		for name, use := range uses {
			if err := use(spoil(network(t, e, config)), pairs); err == nil || !strings.Contains(err.Error(), want) {
				t.Errorf("%s: %v, want %q", name, err, want)
			}
		}
	}
	for want, examples := range map[string]feedforward.Examples{
		"no data":                               nil,
		"no data: want examples":                feedforward.Labelled{},
		"no data: want examples, which":         feedforward.Labelled{Data: (*modeltest.Bars)(nil)},
		"a matrix of 9 x 3 numbers":             feedforward.Pairs{X: pairs.X, Y: kernels.Matrix{Rows: 9, Cols: 3, Stride: 2, Data: pairs.Y.Data}},
		"targets of 3 x 3 for 9 examples":       feedforward.Pairs{X: pairs.X, Y: kernels.NewMatrix(3, 3)},
		"targets of 9 x 2 for 9 examples and 3": feedforward.Pairs{X: pairs.X, Y: kernels.NewMatrix(9, 2)},
		"1 labels for 9 examples":               feedforward.Labelled{Data: pairs, Labels: []uint8{1}},
		"label 3 of example 0":                  feedforward.Labelled{Data: pairs, Labels: []uint8{3, 1, 1, 1, 1, 1, 1, 1, 1}},
		"examples of 7 numbers":                 feedforward.Pairs{X: kernels.NewMatrix(9, 7), Y: pairs.Y},
	} {
		for name, use := range uses {
			if err := use(network(t, e, config), examples); !strings.HasSuffix(name, "alone") && (err == nil || !strings.Contains(err.Error(), want)) {
				t.Errorf("%s: %v, want %q", name, err, want)
			}
		}
	}
	l, err := NewLearner(network(t, e, config), plain(Backprop, 0.1), e)
	if err != nil {
		t.Fatal(err)
	}
	for want, examples := range map[string]feedforward.Examples{
		"no data":               feedforward.Labelled{},
		"1 labels for 9":        feedforward.Labelled{Data: pairs, Labels: []uint8{1}},
		"targets of 3 x 3":      feedforward.Pairs{X: pairs.X, Y: kernels.NewMatrix(3, 3)},
		"examples of 7 numbers": feedforward.Pairs{X: kernels.NewMatrix(9, 7), Y: pairs.Y},
	} {
		if _, err := l.Step(examples, []int{0}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("Step: %v, want %q", err, want)
		}
	}
	for want, numbers := range map[string][]int{"example -1 of 9": {-1}, "example 9 of 9": {3, 9}, "no examples": nil} {
		if _, err := l.Step(pairs, numbers); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("Step: %v, want %q", err, want)
		}
		if _, err := l.Angles(pairs, numbers); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("Angles: %v, want %q", err, want)
		}
	}
}

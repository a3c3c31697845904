package labelled_test

import (
	"errors"
	"math"
	"strings"
	"testing"

	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model"
	"github.com/targetprop/targetprop/model/internal/modeltest"
	"github.com/targetprop/targetprop/model/labelled"
	"github.com/targetprop/targetprop/model/mask"
)

// TestNotFinite: the example with a value that is not finite is named, and a weight of NaN gives no numbers.
func TestNotFinite(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 2)
	images := kernels.NewMatrix(3, 30)
	images.Row(2)[4] = float32(math.Inf(1))
	data := labelled.Examples{Data: model.Rows{Matrix: images}, Labels: []uint8{0, 1, 2}}
	good := labelled.Examples{Data: modeltest.Bars{N: 3, Width: 30}, Labels: []uint8{0, 1, 2}}
	uses := map[string]func(n *labelled.Network, data labelled.Examples) error{
		"train": func(n *labelled.Network, data labelled.Examples) error {
			trainer, err := labelled.NewTrainer(n, data, smallTraining(), e)
			if err != nil {
				return err
			}
			_, err = trainer.Step()
			return err
		},
		"priors": func(n *labelled.Network, data labelled.Examples) error {
			return n.EstimatePriors(t.Context(), e, data, labelled.ClassifyInference(), nil)
		},
		"classify": func(n *labelled.Network, data labelled.Examples) error {
			_, err := n.Classify(t.Context(), e, data, labelled.ClassifyInference(), nil)
			return err
		},
	}
	for name, use := range uses {
		err := use(network(t, e, 3, 30, 8, 4), data)
		if err == nil || errors.Is(err, model.ErrDiverged) || !strings.Contains(err.Error(), "example 2 of the data: value 4 is +Inf") {
			t.Errorf("%s: %v", name, err)
		}
	}
	uses["generate"] = func(n *labelled.Network, _ labelled.Examples) error {
		_, err := n.Generate(t.Context(), e, []int{0, 1}, labelled.DefaultSampling(), nil)
		return err
	}
	uses["fill"] = func(n *labelled.Network, _ labelled.Examples) error {
		_, err := n.Fill(t.Context(), e, kernels.NewMatrix(1, 30), []mask.Mask{append(make(mask.Mask, 29), true)}, nil, labelled.DefaultFilling(), nil)
		return err
	}
	for name, use := range uses {
		n := network(t, e, 3, 30, 8, 4)
		if err := n.EstimatePriors(t.Context(), e, good, labelled.ClassifyInference(), nil); err != nil {
			t.Fatal(err)
		}
		for _, m := range n.Images.Maps() {
			for j := range m.Outputs() {
				m.Weights.Data[m.Weights.Index(1, j)] = float32(math.NaN())
			}
		}
		if err := use(n, good); !errors.Is(err, model.ErrDiverged) {
			t.Errorf("%s by weights of NaN: %v", name, err)
		}
	}
	n := network(t, e, 3, 30, 8, 4)
	n.Decoder.Weights.Data[0] = float32(math.NaN()) // a class's alone
	none := labelled.DefaultFilling()
	none.Rounds = 0
	if _, err := n.Fill(t.Context(), e, kernels.NewMatrix(1, 30), []mask.Mask{make(mask.Mask, 30)}, nil, none, nil); !errors.Is(err, model.ErrDiverged) {
		t.Errorf("probabilities by a weight of NaN: %v", err)
	}
}

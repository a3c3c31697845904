package credit

import (
	"errors"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model"
	"github.com/targetprop/targetprop/model/feedforward"
	"github.com/targetprop/targetprop/model/internal/modeltest"
)

// TestNotFinite: an input or a target that is not finite is named before a weight is touched, also
// where the loss is finite: tanh of an infinite sum is 1.
func TestNotFinite(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 2)
	n := network(t, e, feedforward.DefaultConfig(feedforward.Linear, 6, 5, 3))
	before := slices.Clone(n.Maps[0].Weights.Data)
	for _, bad := range []float32{float32(math.NaN()), float32(math.Inf(1)), float32(math.Inf(-1))} {
		for _, want := range []string{"example 4 of the data: value 2 is ", "example 4 of the data: target 2 is "} {
			pairs := feedforward.Pairs{X: kernels.NewMatrix(9, 6), Y: kernels.NewMatrix(9, 3)}
			if strings.Contains(want, "value") {
				pairs.X.Row(4)[2] = bad
			} else {
				pairs.Y.Row(4)[2] = bad
			}
			for _, rule := range Rules() {
				trainer, err := NewTrainer(n, pairs, plain(rule, 0.1), e)
				if err != nil {
					t.Fatal(err)
				}
				if _, err := trainer.Step(); err == nil || errors.Is(err, model.ErrDiverged) || !strings.Contains(err.Error(), want) {
					t.Errorf("%v, %v: %v, want %q", rule, bad, err, want)
				}
			}
			if strings.Contains(want, "value") {
				if _, err := n.Predict(t.Context(), e, model.Rows{Matrix: pairs.X}, nil); err == nil || errors.Is(err, model.ErrDiverged) || !strings.Contains(err.Error(), want) {
					t.Errorf("Predict, %v: %v, want %q", bad, err, want)
				}
			}
		}
	}
	if !slices.Equal(n.Maps[0].Weights.Data, before) {
		t.Error("a weight has changed")
	}
	n.Maps[1].Weights.Data[0] = float32(math.NaN())
	if _, err := n.Predict(t.Context(), e, model.Rows{Matrix: kernels.NewMatrix(9, 6)}, nil); !errors.Is(err, model.ErrDiverged) {
		t.Errorf("Predict by a weight of NaN: %v", err)
	}
}

// TestTooLarge: gradients whose squares are beyond float32 stop what Adam learns for good; Health and Save say what to do.
func TestTooLarge(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 2)
	for _, rule := range []kernels.Rule{kernels.Adam, kernels.RMSProp} {
		pairs := feedforward.Pairs{X: kernels.NewMatrix(9, 6), Y: kernels.NewMatrix(9, 3)}
		for i := range pairs.X.Rows {
			pairs.X.Row(i)[i%6], pairs.Y.Row(i)[i%3] = 1, 1e20
		}
		s := plain(Backprop, 0.1)
		s.Optimizer = kernels.Optimizer{Rule: rule, Rate: 1e-3, Momentum: 0.9, Decay: 0.99, Epsilon: 1e-8}
		trainer, err := NewTrainer(network(t, e, feedforward.DefaultConfig(feedforward.Linear, 6, 5, 3)), pairs, s, e)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := trainer.Step(); err != nil {
			t.Fatal(err)
		}
		for name, err := range map[string]error{"health": trainer.Health(), "save": trainer.Save(t.TempDir()+"/checkpoint", nil)} {
			if !errors.Is(err, model.ErrDiverged) || !strings.Contains(err.Error(), "are to be scaled") {
				t.Errorf("%v, %s: %v", rule, name, err)
			}
		}
	}
}

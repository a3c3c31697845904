package reward

import (
	"math/rand/v2"
	"testing"

	"github.com/targetprop/targetprop/internal/caught"
	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model"
	"github.com/targetprop/targetprop/model/credit"
	"github.com/targetprop/targetprop/model/feedforward"
	"github.com/targetprop/targetprop/model/internal/modeltest"
)

// TestInWords: whatever one argument is, nothing fails with words of the runtime.
func TestInWords(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 2)
	n, err := feedforward.New(feedforward.DefaultConfig(feedforward.Linear, 6, 5, 3), 1, e)
	if err != nil {
		t.Fatal(err)
	}
	examples := feedforward.Labelled{Data: model.Rows{Matrix: kernels.NewMatrix(3, 6)}, Labels: make([]uint8, 3)}
	for _, kind := range []Kind{EpsilonGreedy, Softmax} {
		settings := DefaultTraining(credit.Backprop)
		settings.Policy.Kind = kind
		trainer, err := NewTrainer(n, examples, settings, e)
		if err != nil {
			t.Fatal(err)
		}
		caught.InWords(t, map[string]any{
			"LoadCheckpoint": LoadCheckpoint, "ParseKind": ParseKind, "Random": Random, "Best": Best, "Unit": Unit, "NewTrainer": NewTrainer,
			"DefaultTraining": DefaultTraining, "CheckTop": CheckTop,
		}, e, kernels.NewMatrix(3, 6), kernels.Matrix{}, kernels.NewMatrix(2, 5), kernels.Matrix{Rows: 3, Cols: 6, Stride: 6}, kernels.Matrix{Rows: -1, Cols: 6, Stride: 6}, n, n.Config, examples, settings, settings.Policy, trainer, Checkpoint{}, rand.NewPCG(1, 2), new(Kind))
	}
}

package credit

import (
	"testing"

	"github.com/targetprop/targetprop/internal/caught"
	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model/feedforward"
	"github.com/targetprop/targetprop/model/internal/modeltest"
)

// TestInWords: whatever one argument is, nothing fails with words of the runtime.
func TestInWords(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 2)
	n := network(t, e, feedforward.DefaultConfig(feedforward.Linear, 6, 5, 3))
	pairs := feedforward.Pairs{X: kernels.NewMatrix(9, 6), Y: kernels.NewMatrix(9, 3)}
	for _, rule := range Rules() {
		settings := plain(rule, 0.1)
		trainer, err := NewTrainer(n, pairs, settings, e)
		if err != nil {
			t.Fatal(err)
		}
		caught.InWords(t, map[string]any{
			"LoadCheckpoint": LoadCheckpoint, "Load": Load, "NewLearner": NewLearner, "Rules": Rules, "ParseRule": ParseRule, "NewTrainer": NewTrainer,
			"DefaultTraining": DefaultTraining,
		}, e, kernels.NewMatrix(3, 6), kernels.Matrix{}, kernels.NewMatrix(2, 5), kernels.Matrix{Rows: 3, Cols: 6, Stride: 6}, kernels.Matrix{Rows: -1, Cols: 6, Stride: 6}, n, pairs, settings, settings.Targets, trainer, trainer.learner, Checkpoint{}, File{Network: n}, Angle{}, new(Rule))
	}
}

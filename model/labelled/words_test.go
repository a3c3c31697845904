package labelled_test

import (
	"testing"

	"github.com/targetprop/targetprop/internal/caught"
	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model/internal/modeltest"
	"github.com/targetprop/targetprop/model/labelled"
	"github.com/targetprop/targetprop/model/mask"
)

// TestInWords: whatever one argument is, nothing fails with words of the runtime.
func TestInWords(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 2)
	n := network(t, e, 3, 6, 5, 4)
	data := labelled.Examples{Data: modeltest.Bars{N: 3, Width: 6}, Labels: []uint8{0, 1, 2}}
	if err := n.EstimatePriors(t.Context(), e, data, labelled.ClassifyInference(), nil); err != nil {
		t.Fatal(err)
	}
	trainer, err := labelled.NewTrainer(n, data, smallTraining(), e)
	if err != nil {
		t.Fatal(err)
	}
	h := []kernels.Matrix{kernels.NewMatrix(3, 6), kernels.NewMatrix(3, 5), kernels.NewMatrix(3, 4)}
	for _, layers := range [][]kernels.Matrix{h, h[:2], {h[0], h[0], h[0]}, {{}, {}, {}}} {
		caught.InWords(t, map[string]any{
			"LoadCheckpoint": labelled.LoadCheckpoint, "ClassifyInference": labelled.ClassifyInference, "Answer": labelled.Answer,
			"DefaultConfig": labelled.DefaultConfig, "Load": labelled.Load, "DefaultFilling": labelled.DefaultFilling,
			"DefaultSampling": labelled.DefaultSampling, "New": labelled.New, "NewTrainer": labelled.NewTrainer, "DefaultTraining": labelled.DefaultTraining,
		}, e, kernels.NewMatrix(3, 6), kernels.Matrix{}, kernels.NewMatrix(2, 5), kernels.Matrix{Rows: 3, Cols: 6, Stride: 6}, kernels.Matrix{Rows: -1, Cols: 6, Stride: 6}, n, data, trainer, layers, n.Config, labelled.Checkpoint{}, labelled.File{Network: n}, smallTraining(), labelled.DefaultSampling(),
			labelled.DefaultFilling(), labelled.ClassifyInference(), []mask.Mask{make(mask.Mask, 6)})
	}
}

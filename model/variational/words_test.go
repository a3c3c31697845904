package variational

import (
	"testing"

	"github.com/targetprop/targetprop/internal/caught"
	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model/internal/modeltest"
)

// TestInWords: whatever one argument is, nothing fails with words of the runtime.
func TestInWords(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 2)
	n, data := modeltest.Network(t, e, 6, 5, 4), modeltest.Bars{N: 20, Width: 6}
	trainer, err := NewTrainer(n, data, DefaultTraining(), e)
	if err != nil {
		t.Fatal(err)
	}
	caught.InWords(t, map[string]any{
		"DefaultEStep": DefaultEStep, "ParseInnerGradient": ParseInnerGradient, "Objective": Objective, "NewTrainer": NewTrainer, "DefaultTraining": DefaultTraining,
	}, e, kernels.NewMatrix(3, 6), kernels.Matrix{}, kernels.NewMatrix(2, 5), kernels.Matrix{Rows: 3, Cols: 6, Stride: 6}, kernels.Matrix{Rows: -1, Cols: 6, Stride: 6}, n, n.NewStates(3), data, trainer, DefaultTraining(), DefaultEStep(), Terms{P: []float64{1}, Q: []float64{1}}, new(InnerGradient))
}

package feedforward_test

import (
	"testing"

	"github.com/targetprop/targetprop/internal/caught"
	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model"
	"github.com/targetprop/targetprop/model/feedforward"
	"github.com/targetprop/targetprop/model/internal/modeltest"
)

// TestInWords: whatever one argument is, nothing fails with words of the runtime.
func TestInWords(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 2)
	for _, top := range []feedforward.Top{feedforward.Softmax, feedforward.Logistic} {
		n, err := feedforward.New(feedforward.DefaultConfig(top, 6, 5, 3), 1, e)
		if err != nil {
			t.Fatal(err)
		}
		data := model.Rows{Matrix: kernels.NewMatrix(3, 6)}
		caught.InWords(t, map[string]any{
			"DefaultConfig": feedforward.DefaultConfig, "NewLabelled": feedforward.NewLabelled, "New": feedforward.New, "NewZero": feedforward.NewZero,
			"Classes": feedforward.Classes, "Accuracy": feedforward.Accuracy,
		}, e, kernels.NewMatrix(3, 6), kernels.Matrix{}, kernels.NewMatrix(2, 5), kernels.Matrix{Rows: 3, Cols: 6, Stride: 6}, kernels.Matrix{Rows: -1, Cols: 6, Stride: 6}, n, data, feedforward.Labelled{Data: data, Labels: make([]uint8, 3)}, feedforward.Pairs{X: data.Matrix, Y: kernels.NewMatrix(3, 3)},
			n.Config, n.NewPredictor(3), new(feedforward.Top))
	}
}

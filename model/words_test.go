package model_test

import (
	"testing"

	"github.com/targetprop/targetprop/internal/caught"
	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model"
	"github.com/targetprop/targetprop/model/internal/modeltest"
	"github.com/targetprop/targetprop/model/mask"
)

// TestInWords: whatever one argument is, nothing fails with words of the runtime.
func TestInWords(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 2)
	n := modeltest.Network(t, e, 6, 5, 4)
	n.Prior = model.Prior{Mean: make([]float32, 4), Std: make([]float32, 4)}
	trainer, err := model.NewTrainer(n, modeltest.Bars{N: 20, Width: 6}, smallTraining(), e)
	if err != nil {
		t.Fatal(err)
	}
	caught.InWords(t, map[string]any{
		"LoadCheckpoint": model.LoadCheckpoint, "DefaultConfig": model.DefaultConfig, "Load": model.Load, "DefaultFilling": model.DefaultFilling,
		"DefaultSampling": model.DefaultSampling, "DirectedSampling": model.DirectedSampling, "TrainInference": model.TrainInference,
		"GenerateInference": model.GenerateInference, "New": model.New, "NewTrainer": model.NewTrainer, "DefaultTraining": model.DefaultTraining,
		"DeepTraining": model.DeepTraining,
	}, e, kernels.NewMatrix(3, 6), kernels.Matrix{}, kernels.NewMatrix(2, 5), kernels.Matrix{Rows: 3, Cols: 6, Stride: 6}, kernels.Matrix{Rows: -1, Cols: 6, Stride: 6}, n, trainer, n.NewStates(3), model.Rows{Matrix: kernels.NewMatrix(3, 6)}, n.Config, n.Encoders[0], n.Prior, model.Checkpoint{}, model.File{Network: n},
		smallTraining(), model.DefaultSampling(), model.DefaultFilling(), model.TrainInference(), smallTraining().Corruption(), []mask.Mask{make(mask.Mask, 6)})
}

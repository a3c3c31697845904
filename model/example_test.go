package model_test

import (
	"context"
	"fmt"
	"math"

	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model"
)

// waves are examples to learn: sine waves of any phase.
type waves struct{}

func (waves) Len() int { return 400 }
func (waves) Dim() int { return 16 }
func (waves) Read(i int, dst []float32) {
	for j := range dst {
		dst[j] = float32(0.5 + 0.4*math.Sin(float64(j)*math.Pi/8+float64(i)))
	}
}

// Train a small model, draw samples from it, and keep it in a file.
func Example() {
	e := kernels.Default()
	network, err := model.New(model.DefaultConfig(16, 32, 8), 1, e)
	if err != nil {
		fmt.Println(err)
		return
	}
	settings := model.DefaultTraining()
	settings.Epochs, settings.Optimizer.Rate = 20, 1e-3
	trainer, err := model.NewTrainer(network, waves{}, settings, e)
	if err != nil {
		fmt.Println(err)
		return
	}
	for !trainer.Done() {
		if _, err := trainer.Step(); err != nil {
			fmt.Println(err)
			return
		}
	}
	if err := network.EstimatePrior(context.Background(), e, waves{}, settings.Inference, nil); err != nil {
		fmt.Println(err)
		return
	}
	samples, err := network.Generate(context.Background(), e, 5, model.DefaultSampling(), nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(samples.Rows, "samples of", samples.Cols, "numbers")
	// Output: 5 samples of 16 numbers
}

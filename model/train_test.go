package model_test

import (
	"context"
	"errors"
	"fmt"
	"log"
	"slices"
	"testing"

	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model"
)

// Train a network on data of your own, see its losses, and stop when they are good.
func ExampleNetwork_Train() {
	e, ctx := kernels.Default(), context.Background()
	network, err := model.New(model.DefaultConfig(16, 32, 8), 1, e)
	if err != nil {
		log.Fatal(err)
	}
	settings := model.DefaultTraining()
	settings.Epochs, settings.Optimizer.Rate = 100, 1e-3
	err = network.Train(ctx, e, waves{}, settings, func(epoch int, losses []float64) bool {
		fmt.Printf("epoch %d: g1 %.2f\n", epoch, losses[1])
		return losses[1] > 0.9
	})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println("a prior of", len(network.Prior.Mean), "units")
	// Output:
	// epoch 1: g1 1.79
	// epoch 2: g1 1.34
	// epoch 3: g1 1.00
	// epoch 4: g1 0.63
	// a prior of 8 units
}

// trained is a network, and what the callback of its training was told.
func trained(t *testing.T, ctx context.Context, settings model.Training, most int) (n *model.Network, told [][]float64, err error) {
	t.Helper()
	n, err = model.New(model.DefaultConfig(16, 12, 4), 1, kernels.Default())
	if err != nil {
		t.Fatal(err)
	}
	err = n.Train(ctx, kernels.Default(), waves{}, settings, func(epoch int, losses []float64) bool {
		if told = append(told, losses); epoch != len(told) {
			t.Errorf("epoch %d is told as %d", len(told), epoch)
		}
		return epoch < most
	})
	return n, told, err
}

// TestTrain: Train does what a Trainer and EstimatePrior do, as long as it is wanted.
func TestTrain(t *testing.T) {
	settings := model.DefaultTraining()
	settings.Epochs, settings.Optimizer.Rate = 4, 1e-3
	for most, want := range map[int]int{9: 4, 4: 4, 2: 2} {
		n, told, err := trained(t, t.Context(), settings, most)
		if err != nil || len(told) != want {
			t.Fatalf("%d epochs were told, want %d; %v", len(told), want, err)
		}
		e := kernels.Default()
		other, err := model.New(n.Config, 1, e)
		if err != nil {
			t.Fatal(err)
		}
		trainer, err := model.NewTrainer(other, waves{}, settings, e)
		if err != nil {
			t.Fatal(err)
		}
		for epoch, step := 0, 0; epoch < want; epoch, step = trainer.Position() {
			if _, err := trainer.Step(); err != nil {
				t.Fatal(err)
			}
			if _, s := trainer.Position(); s == 0 && !slices.Equal(trainer.Losses(), told[epoch]) {
				t.Errorf("after epoch %d, step %d: losses %v, told %v", epoch, step, trainer.Losses(), told[epoch])
			}
		}
		if err := other.EstimatePrior(t.Context(), e, waves{}, settings.Inference, nil); err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(n.Prior.Mean, other.Prior.Mean) || !slices.Equal(n.Prior.Std, other.Prior.Std) {
			t.Error("the priors differ")
		}
		for i, m := range n.Maps() {
			if !slices.Equal(m.Weights.Data, other.Maps()[i].Weights.Data) {
				t.Errorf("map %d differs", i)
			}
		}
	}
}

// TestTrainStops: the context ends it between minibatches, and what can not be trained is
// refused.
func TestTrainStops(t *testing.T) {
	settings := model.DefaultTraining()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if n, told, err := trained(t, ctx, settings, 9); !errors.Is(err, context.Canceled) || told != nil || n.Prior.Mean != nil {
		t.Errorf("told %v, prior %v, error %v", told, n.Prior.Mean, err)
	}
	settings.Batch = 0
	if _, _, err := trained(t, t.Context(), settings, 9); err == nil {
		t.Error("minibatches of 0 examples are trained on")
	}
	settings = model.DefaultTraining()
	settings.Optimizer.Rate = 1e3
	if _, _, err := trained(t, t.Context(), settings, 9); !errors.Is(err, model.ErrDiverged) {
		t.Errorf("a rate of 1000 gives the error %v", err)
	}
}

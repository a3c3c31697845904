package reward_test

import (
	"fmt"
	"log"

	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model"
	"github.com/targetprop/targetprop/model/credit"
	"github.com/targetprop/targetprop/model/feedforward"
	"github.com/targetprop/targetprop/model/reward"
)

// A network learns which of three patterns it sees, from being told only whether its guess
// was right.
func ExampleTrainer() {
	e := kernels.Default()
	patterns := kernels.NewMatrix(300, 3)
	labels := make([]uint8, 300)
	for i := range labels {
		labels[i] = uint8(i % 3)
		patterns.Row(i)[i%3] = 1
	}
	e.AddGaussian(patterns, patterns, 0.2, kernels.Noise{Seed: 1}, 0)
	examples, err := feedforward.NewLabelled(model.Rows{Matrix: patterns}, labels, 3)
	if err != nil {
		log.Fatal(err)
	}
	network, err := feedforward.New(feedforward.DefaultConfig(feedforward.Logistic, 3, 16, 16, 3), 1, e)
	if err != nil {
		log.Fatal(err)
	}
	settings := reward.DefaultTraining(credit.DifferenceTargets)
	settings.Epochs, settings.Batch, settings.InputNoise, settings.Policy.Epsilon = 20, 10, 0, 0.05
	trainer, err := reward.NewTrainer(network, examples, settings, e)
	if err != nil {
		log.Fatal(err)
	}
	for !trainer.Done() {
		if _, err := trainer.Step(); err != nil {
			log.Fatal(err)
		}
		if epoch, step := trainer.Position(); step == 0 && epoch%10 == 0 {
			fmt.Printf("epoch %d: mean reward above 0.9: %v\n", epoch, trainer.Reward() > 0.9)
		}
	}
	// Output:
	// epoch 10: mean reward above 0.9: true
	// epoch 20: mean reward above 0.9: true
}

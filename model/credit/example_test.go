package credit_test

import (
	"context"
	"fmt"

	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model"
	"github.com/targetprop/targetprop/model/credit"
	"github.com/targetprop/targetprop/model/feedforward"
)

// corners are two inputs of -1 or 1 each, and whether they differ: exclusive or.
func corners() (inputs model.Rows, labels []uint8) {
	m := kernels.NewMatrix(4, 2)
	for i := range 4 {
		x, y := i%2, i/2
		copy(m.Row(i), []float32{float32(2*x - 1), float32(2*y - 1)})
		labels = append(labels, uint8(x^y))
	}
	return model.Rows{Matrix: m}, labels
}

// Train the same network by each rule, and see by how many degrees its hidden layer's
// first change departs from the gradient.
func Example() {
	e := kernels.Default()
	inputs, labels := corners()
	examples, err := feedforward.NewLabelled(inputs, labels, 2)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, rule := range credit.Rules() {
		network, err := feedforward.New(feedforward.DefaultConfig(feedforward.Softmax, 2, 16, 16, 2), 1, e)
		if err != nil {
			fmt.Println(err)
			return
		}
		settings := credit.DefaultTraining(rule)
		settings.Epochs, settings.Batch, settings.Optimizer.Rate = 200, 4, 1e-2
		trainer, err := credit.NewTrainer(network, examples, settings, e)
		if err != nil {
			fmt.Println(err)
			return
		}
		angles, err := trainer.Angles()
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
		outputs, err := network.Predict(context.Background(), e, inputs, nil)
		if err != nil {
			fmt.Println(err)
			return
		}
		accuracy, _ := feedforward.Accuracy(outputs, labels)
		fmt.Printf("%v: accuracy %v, first change at %.0f degrees\n", rule, accuracy, angles[0].Degrees())
	}
	// Output:
	// backprop: accuracy 1, first change at 0 degrees
	// fa: accuracy 1, first change at 106 degrees
	// dfa: accuracy 1, first change at 77 degrees
	// dtp: accuracy 1, first change at 63 degrees
}

// A learner takes steps on minibatches that the caller makes: here it learns a function
// from fresh examples at each step.
func ExampleLearner() {
	e := kernels.Default()
	network, err := feedforward.New(feedforward.DefaultConfig(feedforward.Linear, 1, 32, 1), 1, e)
	if err != nil {
		fmt.Println(err)
		return
	}
	settings := credit.DefaultTraining(credit.FeedbackAlignment)
	settings.InputNoise, settings.Optimizer.Rate = 0, 1e-2
	learner, err := credit.NewLearner(network, settings, e)
	if err != nil {
		fmt.Println(err)
		return
	}
	zero := kernels.NewMatrix(50, 1)
	minibatch := feedforward.Pairs{X: kernels.NewMatrix(50, 1), Y: kernels.NewMatrix(50, 1)}
	numbers := make([]int, 50)
	for i := range numbers {
		numbers[i] = i
	}
	var losses []float64
	for step := range 1000 {
		e.AddGaussian(minibatch.X, zero, 0.5, kernels.Noise{Seed: 1, Step: uint32(step)}, 0)
		for i := range 50 {
			x := minibatch.X.Row(i)[0]
			minibatch.Y.Row(i)[0] = x * x
		}
		if losses, err = learner.Step(minibatch, numbers); err != nil {
			fmt.Println(err)
			return
		}
	}
	fmt.Println("squared error below 0.01:", losses[0] < 0.01)
	// Output: squared error below 0.01: true
}

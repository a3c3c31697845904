package qlearning_test

import (
	"context"
	"fmt"
	"log"

	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model/credit"
	"github.com/targetprop/targetprop/model/feedforward"
	"github.com/targetprop/targetprop/model/reward"
	"github.com/targetprop/targetprop/model/reward/cartpole"
	"github.com/targetprop/targetprop/model/reward/qlearning"
)

// An agent learns to balance a pole, by targets that go down from layer to layer.
func ExampleAgent() {
	ctx, e, task := context.Background(), kernels.Default(), &cartpole.CartPole{}
	network, err := feedforward.New(qlearning.DefaultConfig(task.Dim(), task.Actions()), 2, e)
	if err != nil {
		log.Fatal(err)
	}
	settings := qlearning.DefaultSettings(credit.DifferenceTargets)
	settings.Seed = 2
	agent, err := qlearning.NewAgent(network, task, settings, e)
	if err != nil {
		log.Fatal(err)
	}
	random, err := qlearning.Evaluate(ctx, e, network, task, reward.Random(), 1, 1, cartpole.Limit)
	if err != nil {
		log.Fatal(err)
	}
	if err := agent.Train(ctx, 70, nil); err != nil {
		log.Fatal(err)
	}
	fmt.Println("steps at random:", random[0])
	fmt.Println("mean of the last 10 of 70 episodes:", agent.Recent(10))
	// Output:
	// steps at random: 24
	// mean of the last 10 of 70 episodes: 174
}

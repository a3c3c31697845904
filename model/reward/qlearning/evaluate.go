package qlearning

import (
	"context"
	"fmt"
	"math/rand/v2"

	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model/feedforward"
	"github.com/targetprop/targetprop/model/internal/random"
	"github.com/targetprop/targetprop/model/reward"
)

// Evaluate returns the sums of rewards of so many episodes, of up to limit steps each, in
// which a network that does not learn predicts and the policy chooses. [reward.Random] is
// the floor of a task, and an epsilon of 0 shows what the network learned. The seed
// decides starts and choices: with that of an agent, the episodes start as its own.
func Evaluate(ctx context.Context, e *kernels.Engine, n *feedforward.Network, environment Environment, policy reward.Policy, seed uint64, episodes, limit int) ([]float64, error) {
	if err := policy.Validate(); err != nil {
		return nil, err
	}
	if err := checkFit(n, environment); err != nil {
		return nil, err
	}
	if episodes < 0 || episodes > maxEpisodes || limit < 1 || limit > maxSteps {
		return nil, fmt.Errorf("qlearning: %d episodes of up to %d steps: want 0 to %d of 1 to %d", episodes, limit, maxEpisodes, maxSteps)
	}
	serial, predictor := e.Serial(), n.NewPredictor(1)
	x, scratch := predictor.Inputs(1).Row(0), make([]float32, n.Config.Outputs())
	returns := make([]float64, episodes)
	for episode := range returns {
		generator := rand.NewPCG(seed, uint64(random.Evaluation)<<48|uint64(episode))
		environment.Start(seed, episode, x)
		if err := checkObserved(episode, x, 0); err != nil {
			return nil, err
		}
		ended := false
		for step := 0; step < limit && !ended; step++ {
			if err := ctx.Err(); err != nil {
				return nil, err
			}
			values, err := predict(predictor, serial)
			if err != nil {
				return nil, err
			}
			var reward float32
			action := policy.Choose(serial, values, scratch, generator)
			reward, ended = environment.Act(action, x)
			if err := checkObserved(episode, x, reward); err != nil {
				return nil, err
			}
			returns[episode] += float64(reward)
		}
	}
	return returns, nil
}

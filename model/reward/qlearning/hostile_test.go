package qlearning

import (
	"context"
	"testing"

	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model/feedforward"
	"github.com/targetprop/targetprop/model/internal/modeltest"
	"github.com/targetprop/targetprop/model/reward"
)

// endless is a corridor in which no episode ends.
type endless struct{ corridor }

func (c *endless) Act(action int, x []float32) (reward float32, ended bool) {
	reward, _ = c.corridor.Act(action, x)
	return reward, false
}

// TestContext: an evaluation looks at its context between the steps of an episode.
func TestContext(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 1)
	modeltest.EndsSoon(t, "Evaluate", func(ctx context.Context) error {
		n, err := feedforward.New(testConfig(), 1, e)
		if err != nil {
			return err
		}
		_, err = Evaluate(ctx, e, n, &endless{}, reward.Random(), 1, 1, maxSteps)
		return err
	})
}

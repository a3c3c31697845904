package qlearning

import (
	"context"
	"math"
	"path/filepath"
	"strings"
	"testing"

	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model/credit"
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

// TestSettingsChanged: settings that are changed between episodes are looked at again, also by Save.
func TestSettingsChanged(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 1)
	path := filepath.Join(t.TempDir(), "checkpoint")
	for want, change := range map[string]func(s *Settings){
		"a minibatch every 0 steps": func(s *Settings) { s.Every = 0 },
		"a discount of NaN":         func(s *Settings) { s.Discount = float32(math.NaN()) },
		"episodes of up to -1":      func(s *Settings) { s.Limit = -1 },
		"an agent keeps Training":   func(s *Settings) { s.Batch++ },
		"an agent keeps":            func(s *Settings) { s.Replay++ },
	} {
		a := newAgent(t, e, testSettings(credit.Backprop))
		change(&a.Settings)
		if _, err := a.Episode(); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("Episode: %v, want %q", err, want)
		}
		if err := a.Save(path); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("Save: %v, want %q", err, want)
		}
	}
}

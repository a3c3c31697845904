package qlearning

import (
	"context"
	"errors"
	"math"
	"path/filepath"
	"strings"
	"testing"

	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model"
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

// TestContext: training and evaluation look at their context between the steps of an episode. One that is
// broken off does not count, and an agent that was saved then continues bit for bit.
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
	a := newAgent(t, e, testSettings(credit.Backprop))
	a.environment, a.Settings.Limit = &endless{}, maxSteps
	modeltest.EndsSoon(t, "Train", func(ctx context.Context) error { return a.Train(ctx, 1, nil) })
	if n := a.replay.added; len(a.Returns) != 0 || n == 0 || a.Steps() != n || a.replay.end[(n-1)%a.Settings.Replay] != cut {
		t.Errorf("%d episodes count, %d transitions, %d steps", len(a.Returns), n, a.Steps())
	}
	a.Settings.Limit = 30
	path := filepath.Join(t.TempDir(), "checkpoint")
	if err := a.Save(path); err != nil {
		t.Fatal(err)
	}
	resumed, err := Resume(path, &endless{}, e)
	if err != nil {
		t.Fatal(err)
	}
	episodes(t, a, 3)
	episodes(t, resumed, 3)
	if i := modeltest.FirstDifference(numbers(resumed), numbers(a)); i >= 0 {
		t.Errorf("number %d differs", i)
	}
}

// TestEnvironmentPanics: an episode that a panic of the environment ends does not go on in the next one's transitions.
func TestEnvironmentPanics(t *testing.T) {
	a := newAgent(t, modeltest.Engine(t, kernels.AVX512, 1), testSettings(credit.Backprop))
	task := &strange{at: 7, panics: true}
	a.environment = task
	for task.steps < task.at {
		func() {
			defer func() {
				if got := recover(); (got != nil) != (task.steps == task.at) {
					t.Errorf("after %d steps: panic %v", task.steps, got)
				}
			}()
			episodes(t, a, 1)
		}()
	}
	if n := a.replay.added; n != task.at-1 || a.replay.end[n-1] == goesOn {
		t.Errorf("%d transitions, and the last goes on", n)
	}
}

// TestLargestReward: an agent learns from rewards and observations at their bounds, with goals of all that are kept.
func TestLargestReward(t *testing.T) {
	for _, rule := range []kernels.Rule{kernels.SGD, kernels.RMSProp, kernels.Adam} {
		s := testSettings(credit.Backprop)
		s.Ahead, s.Discount, s.Optimizer.Rule = maxSteps, 0.999, rule
		if rule == kernels.SGD { // whose steps are as large as the rewards
			s.Optimizer = kernels.Optimizer{Rule: rule, Rate: 1e-20}
		}
		a := newAgent(t, modeltest.Engine(t, kernels.AVX512, 1), s)
		a.environment = &rich{}
		episodes(t, a, 20)
	}
}

// rich is a corridor with the largest numbers there may be.
type rich struct{ endless }

func (c *rich) Act(action int, x []float32) (reward float32, ended bool) {
	c.endless.Act(action, x)
	x[0] = largestObserved
	return largestReward, false
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

// strange is a corridor that gives other numbers in one step.
type strange struct {
	corridor
	steps, at        int
	reward, observed float32
	panics           bool
}

func (c *strange) Act(action int, x []float32) (reward float32, ended bool) {
	reward, ended = c.corridor.Act(action, x)
	if c.steps++; c.steps == c.at {
		if c.panics {
			panic("no connection")
		}
		reward += c.reward
		x[1] += c.observed
	}
	return reward, ended
}

// TestWeightsNotFinite: a network with a weight of NaN prefers no action.
func TestWeightsNotFinite(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 1)
	a := newAgent(t, e, testSettings(credit.Backprop))
	w := a.Average.Maps[2].Weights
	w.Data[w.Index(0, 1)] = float32(math.NaN())
	if _, err := a.Episode(); !errors.Is(err, model.ErrDiverged) {
		t.Errorf("Episode: %v", err)
	}
	if _, err := Evaluate(t.Context(), e, a.Average, &corridor{}, reward.Random(), 1, 2, 30); !errors.Is(err, model.ErrDiverged) {
		t.Errorf("Evaluate: %v", err)
	}
}

// TestNotFinite: rewards and observations that are not finite, or too large to learn from, are refused before they are kept, so
// that the agent learns on, and can be saved.
func TestNotFinite(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 1)
	path := filepath.Join(t.TempDir(), "checkpoint")
	nan, inf := float32(math.NaN()), float32(math.Inf(1))
	for _, at := range []int{1, 3, 200} { // before and after the first minibatch
		for want, task := range map[string]*strange{
			"a reward of NaN":      {at: at, reward: nan},
			"a reward of +Inf":     {at: at, reward: inf},
			"a reward of 3e+38 in": {at: at, reward: 3e38},
			"a reward of -2e+12":   {at: at, reward: -2e12},
			" 3e+38 ":              {at: at, observed: 3e38},
			"NaN ":                 {at: at, observed: nan},
			"+Inf ":                {at: at, observed: inf},
		} {
			a := newAgent(t, e, testSettings(credit.Backprop))
			a.environment = task
			for task.steps < at {
				done := len(a.Returns)
				_, err := a.Episode()
				if task.steps < at && err == nil {
					continue
				}
				if err == nil || errors.Is(err, model.ErrDiverged) || !strings.Contains(err.Error(), want) {
					t.Errorf("in step %d: %v, want %q", at, err, want)
				}
				if len(a.Returns) != done {
					t.Error("the episode counts")
				}
				if n := a.replay.added; n > 0 && a.replay.end[n-1] == goesOn {
					t.Error("the episode goes on in the transitions")
				}
			}
			episodes(t, a, 5)
			if err := a.Save(path); err != nil {
				t.Error(err)
			}
			task.steps = 0
			if _, err := Evaluate(t.Context(), e, a.Network, task, reward.Random(), 1, 200, 30); err == nil || !strings.Contains(err.Error(), "environment") {
				t.Errorf("Evaluate: %v, want %q", err, want)
			}
		}
	}
}

// TestNetworkChanged: other networks in the place of the agent's are refused, and no checkpoint is written.
func TestNetworkChanged(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 1)
	for _, change := range []func(a *Agent){
		func(a *Agent) { a.Network = nil },
		func(a *Agent) { a.Average = nil },
		func(a *Agent) { a.Average = a.Network },
		func(a *Agent) { a.Network = a.Network.Copy() },
	} {
		a := newAgent(t, e, testSettings(credit.Backprop))
		episodes(t, a, 3)
		change(a)
		if _, err := a.Episode(); err == nil || !strings.Contains(err.Error(), "NewAgent makes another") {
			t.Errorf("Episode: %v", err)
		}
		if err := a.Save(filepath.Join(t.TempDir(), "checkpoint")); err == nil || !strings.Contains(err.Error(), "NewAgent makes another") {
			t.Errorf("Save: %v", err)
		}
	}
}

package reward

import (
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
	"github.com/targetprop/targetprop/model/internal/random"
)

const classes = 4

// clouds are points round one centre a class.
func clouds(t testing.TB, n int) feedforward.Labelled {
	t.Helper()
	centres, points := random.Uniform(classes, 8, 3), random.Uniform(n, 8, 4)
	labels := make([]uint8, n)
	for i := range n {
		labels[i] = uint8(i * 7 % classes)
		for j, c := range centres.Row(int(labels[i])) {
			points.Row(i)[j] = 2*c - 1 + 0.6*(points.Row(i)[j]-0.5)
		}
	}
	examples, err := feedforward.NewLabelled(model.Rows{Matrix: points}, labels, classes)
	if err != nil {
		t.Fatal(err)
	}
	return examples
}

func small(top feedforward.Top) feedforward.Config {
	return feedforward.DefaultConfig(top, 8, 24, 20, classes)
}

func settings(rule credit.Rule) Training {
	s := DefaultTraining(rule)
	s.Epochs, s.Batch, s.InputNoise, s.Optimizer.Rate = 12, 20, 0.1, 3e-3
	s.Policy.Epsilon = 0.05
	return s
}

func newTrainer(t testing.TB, e *kernels.Engine, top feedforward.Top, examples feedforward.Labelled, s Training) *Trainer {
	t.Helper()
	n, err := feedforward.New(small(top), s.Seed, e)
	if err != nil {
		t.Fatal(err)
	}
	trainer, err := NewTrainer(n, examples, s, e)
	if err != nil {
		t.Fatal(err)
	}
	return trainer
}

// train goes on to the end, or for so many steps, and returns the rewards of the epochs
// that ended.
func train(t testing.TB, trainer *Trainer, steps int) (rewards []float64) {
	t.Helper()
	for ; !trainer.Done() && steps > 0; steps-- {
		if _, err := trainer.Step(); err != nil {
			t.Fatal(err)
		}
		if _, step := trainer.Position(); step == 0 {
			rewards = append(rewards, trainer.Reward())
		}
	}
	return rewards
}

const toTheEnd = math.MaxInt

// TestLearnsFromRewards: by every rule, top and policy, from about 1 in 4 to nearly all.
func TestLearnsFromRewards(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 2)
	examples := clouds(t, 400)
	for _, rule := range credit.Rules() {
		for _, top := range []feedforward.Top{feedforward.Linear, feedforward.Logistic} {
			for _, kind := range []Kind{EpsilonGreedy, Softmax} {
				s := settings(rule)
				s.Policy.Kind = kind
				rewards := train(t, newTrainer(t, e, top, examples, s), toTheEnd)
				if last := rewards[len(rewards)-1]; len(rewards) != s.Epochs || last < 0.85 || last-rewards[0] < 0.1 {
					t.Errorf("%v, %v, %v: rewards %.2f", rule, top, kind, rewards)
				}
			}
		}
	}
	s := settings(credit.Backprop)
	s.Policy = Random()
	s.Epochs = 5
	for _, reward := range train(t, newTrainer(t, e, feedforward.Linear, examples, s), toTheEnd) {
		if math.Abs(reward-1.0/classes) > 5*math.Sqrt(0.25*0.75/400) {
			t.Errorf("a random policy earns %v", reward)
		}
	}
}

// TestSlowStep compares a step of plain gradient descent with the gradient, by differences
// and in float64, of the mean of (prediction - reward)^2 of the chosen classes.
func TestSlowStep(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 2)
	examples := clouds(t, 30)
	s := settings(credit.Backprop)
	s.Batch, s.InputNoise, s.Policy.Epsilon, s.Rates = 30, 0, 0, model.Rates{}
	s.Optimizer = kernels.Optimizer{Rule: kernels.SGD, Rate: 1}
	for _, top := range []feedforward.Top{feedforward.Linear, feedforward.Logistic} {
		trainer := newTrainer(t, e, top, examples, s)
		var slow []modeltest.SlowMap
		for _, m := range trainer.Network.Maps {
			slow = append(slow, modeltest.NewSlowMap(m))
		}
		predict := func(i int) []float64 {
			h := modeltest.Wide(examples.Data.(model.Rows).Row(i))
			for _, m := range slow {
				h = m.Apply(h)
			}
			return h
		}
		var chosen []int
		reward := 0.0
		for i := range examples.Len() {
			best := 0
			for a, v := range predict(i) {
				if v > predict(i)[best] {
					best = a
				}
			}
			chosen = append(chosen, best)
			if best == int(examples.Labels[i]) {
				reward++
			}
		}
		loss := func() (mean float64) {
			for i, a := range chosen {
				r := 0.0
				if a == int(examples.Labels[i]) {
					r = 1
				}
				d := predict(i)[a] - r
				mean += d * d / float64(len(chosen))
			}
			return mean
		}
		before := loss()
		var want []float64
		for l := range slow {
			want = append(want, slow[l].Bias[1]-modeltest.Slope(&slow[l].Bias[1], loss), slow[l].Weight[2][3]-modeltest.Slope(&slow[l].Weight[2][3], loss))
		}
		if _, err := trainer.Step(); err != nil {
			t.Fatal(err)
		}
		if got := trainer.Losses()[0]; math.Abs(got-before) > 1e-5 {
			t.Errorf("%v: loss %v, want %v", top, got, before)
		}
		if got := trainer.Reward(); math.Abs(got-reward/30) > 1e-12 || reward == 0 {
			t.Errorf("%v: reward %v, want %v", top, got, reward/30)
		}
		for l, m := range trainer.Network.Maps {
			after := modeltest.NewSlowMap(m)
			for k, got := range []float64{after.Bias[1], after.Weight[2][3]} {
				if math.Abs(got-want[2*l+k]) > 1e-6 {
					t.Errorf("%v: parameter %d of map %d becomes %v, want %v", top, k, l+1, got, want[2*l+k])
				}
			}
		}
	}
}

// weights are all parameters of a network and the reward.
func weights(trainer *Trainer) (all []float32) {
	for _, m := range trainer.Network.Maps {
		all = append(all, m.Weights.Data...)
	}
	return append(all, float32(trainer.Reward()))
}

func TestSameBitsEverywhere(t *testing.T) {
	examples := clouds(t, 90)
	for _, rule := range credit.Rules() {
		for _, kind := range []Kind{EpsilonGreedy, Softmax} {
			s := settings(rule)
			s.Epochs, s.Policy.Kind = 2, kind
			modeltest.SameBits(t, func(e *kernels.Engine) []float32 {
				trainer := newTrainer(t, e, feedforward.Logistic, examples, s)
				train(t, trainer, toTheEnd)
				return weights(trainer)
			})
		}
	}
}

// TestResume: in the middle of an epoch, and at its end.
func TestResume(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 2)
	examples := clouds(t, 90)
	path := filepath.Join(t.TempDir(), "checkpoint")
	for _, rule := range credit.Rules() {
		s := settings(rule)
		s.Epochs = 3
		whole := newTrainer(t, e, feedforward.Linear, examples, s)
		train(t, whole, toTheEnd)
		for _, steps := range []int{5, 8} {
			first := newTrainer(t, e, feedforward.Linear, examples, s)
			train(t, first, steps)
			if err := first.Save(path, map[string]string{"mine": "kept"}); err != nil {
				t.Fatal(err)
			}
			c, err := LoadCheckpoint(path)
			if err != nil {
				t.Fatal(err)
			}
			if len(c.Notes) != 1 || c.Notes["mine"] != "kept" || c.Settings != s {
				t.Errorf("%v: notes %v, settings %+v, want %+v", rule, c.Notes, c.Settings, s)
			}
			second, err := c.Resume(examples, e)
			if err != nil {
				t.Fatal(err)
			}
			if second.Reward() != first.Reward() {
				t.Errorf("%v: reward %v after resuming, want %v", rule, second.Reward(), first.Reward())
			}
			train(t, second, toTheEnd)
			if i := modeltest.FirstDifference(weights(second), weights(whole)); i >= 0 {
				t.Errorf("%v, stopped after %d steps: number %d differs", rule, steps, i)
			}
		}
	}
}

func TestRefusals(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 1)
	examples := clouds(t, 40)
	fails := func(want string, config feedforward.Config, examples feedforward.Labelled, change func(*Training)) {
		t.Helper()
		n, err := feedforward.New(config, 1, e)
		if err != nil {
			t.Fatal(err)
		}
		s := settings(credit.Backprop)
		change(&s)
		if _, err := NewTrainer(n, examples, s, e); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("want an error with %q, got %v", want, err)
		}
	}
	nothing := func(*Training) {}
	fails("softmax", small(feedforward.Softmax), examples, nothing)
	fails("label 3", feedforward.DefaultConfig(feedforward.Linear, 8, 3), examples, nothing)
	fails("8 numbers", feedforward.DefaultConfig(feedforward.Linear, 7, classes), examples, nothing)
	fails("labels", small(feedforward.Linear), feedforward.Labelled{Data: examples.Data}, nothing)
	fails("epsilon", small(feedforward.Linear), examples, func(s *Training) { s.Policy.Epsilon = -1 })
	fails("batch", small(feedforward.Linear), examples, func(s *Training) { s.Batch = 0 })

	trainer := newTrainer(t, e, feedforward.Linear, examples, settings(credit.Backprop))
	path := filepath.Join(t.TempDir(), "checkpoint")
	if err := trainer.trainer.Save(path, nil); err != nil {
		t.Fatal(err)
	}
	if _, err := LoadCheckpoint(path); err == nil || !strings.Contains(err.Error(), "rewards") {
		t.Errorf("a checkpoint without rewards: %v", err)
	}
	if _, err := LoadCheckpoint(path + "x"); err == nil {
		t.Error("no error without a file")
	}
	if err := trainer.Save(path, nil); err != nil {
		t.Fatal(err)
	}
	c, err := LoadCheckpoint(path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.Resume(clouds(t, 41), e); err == nil || !strings.Contains(err.Error(), "41") {
		t.Errorf("other examples: %v", err)
	}

	s := settings(credit.Backprop)
	s.Optimizer = kernels.Optimizer{Rule: kernels.SGD, Rate: 1e30}
	trainer = newTrainer(t, e, feedforward.Linear, examples, s)
	for err == nil {
		_, err = trainer.Step()
	}
	if !errors.Is(err, model.ErrDiverged) {
		t.Errorf("a rate that is too large: %v", err)
	}
}

package qlearning

import (
	"context"
	"errors"
	"math"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model"
	"github.com/targetprop/targetprop/model/credit"
	"github.com/targetprop/targetprop/model/feedforward"
	"github.com/targetprop/targetprop/model/internal/modeltest"
	"github.com/targetprop/targetprop/model/reward"
)

// TestFindsTheValues: the predictions of every rule come near those of value iteration, and
// their choices are its own.
func TestFindsTheValues(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 1)
	for _, rule := range credit.Rules() {
		s := testSettings(rule)
		a := newAgent(t, e, s)
		episodes(t, a, 500)
		want := values(float64(s.Discount))
		for room := range rooms {
			x := a.predictor.Inputs(1).Row(0)
			(&corridor{room}).observe(x)
			got := a.predictor.Outputs(e, 1).Row(0)
			for action, v := range got {
				if math.Abs(float64(v)-want[room][action]) > 0.04 {
					t.Errorf("%v, room %d, action %d: predicts %.3f, want %.3f", rule, room, action, v, want[room][action])
				}
			}
			if gap := want[room][1] - want[room][0]; (got[1] > got[0]) != (gap > 0) && math.Abs(gap) > 0.02 {
				t.Errorf("%v, room %d: chooses wrongly by %.3f and %.3f", rule, room, got[0], got[1])
			}
		}
	}
}

// TestGoals compares the goals of a minibatch with float64.
func TestGoals(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 1)
	s := testSettings(credit.Backprop)
	s.Ahead, s.Limit, s.Replay = 3, 7, 150 // episodes are cut short, and the replay is full
	s.Follow = 1e-6                        // the average stays the one made here
	a := newAgent(t, e, s)
	other, err := feedforward.New(testConfig(), 99, e)
	if err != nil {
		t.Fatal(err)
	}
	for i, m := range other.Maps {
		copy(a.Average.Maps[i].Weights.Data, m.Weights.Data)
	}
	episodes(t, a, 40)
	predict := func(n *feedforward.Network, x []float32) []float64 {
		h := modeltest.Wide(x)
		for _, m := range n.Maps {
			h = modeltest.NewSlowMap(m).Apply(h)
		}
		return h
	}
	ends, differ, short := 0, 0, 0
	for step := range 20 {
		a.minibatch.draw(e, 9, step, s.Ahead, s.Discount)
		for i, place := range a.minibatch.places {
			want, factor, last := 0.0, 1.0, place
			for n := 1; ; n++ {
				want += (1 - float64(s.Discount)) * factor * float64(a.replay.reward[last])
				factor *= float64(s.Discount)
				if a.replay.end[last] == cut && n < s.Ahead {
					short++
				}
				if a.replay.end[last] != goesOn || n == s.Ahead || last == (a.replay.added-1)%s.Replay {
					break
				}
				last = (last + 1) % s.Replay
			}
			if a.replay.end[last] == ended {
				ends++
			} else {
				choice, value := predict(a.Network, a.replay.next.Row(last)), predict(a.Average, a.replay.next.Row(last))
				best := 0
				if choice[1] > choice[0] {
					best = 1
				}
				if value[best] < value[1-best] {
					differ++
				}
				want += factor * value[best]
			}
			if got := float64(a.minibatch.goal[i]); math.Abs(got-want) > 1e-5 {
				t.Fatalf("transition %d: goal %v, want %v", place, got, want)
			}
			target, weight := []float32{5, 5}, []float32{1, 1}
			a.minibatch.Target(i, nil, target, weight)
			taken := a.replay.action[place]
			if target[taken] != a.minibatch.goal[i] || weight[taken] != 1 || weight[1-taken] != 0 {
				t.Fatalf("transition %d: targets %v of weights %v", place, target, weight)
			}
		}
	}
	if ends == 0 || differ == 0 || short == 0 || a.replay.added <= s.Replay {
		t.Errorf("%d ends, %d choices on which the networks differ, %d goals cut short, %d transitions: the test needs all", ends, differ, short, a.replay.added)
	}
}

// TestAverageFollows: after minibatches w_1, ..., w_n the average is
// (1-f)^n w_0 + f sum_i (1-f)^(n-i) w_i.
func TestAverageFollows(t *testing.T) {
	s := testSettings(credit.Backprop)
	s.Follow, s.Limit = 0.1, 1 // a minibatch an episode
	a := newAgent(t, modeltest.Engine(t, kernels.AVX512, 1), s)
	want := modeltest.Wide(a.Network.Maps[1].Weights.Data)
	for a.learner.Steps() < 40 {
		before := a.learner.Steps()
		episodes(t, a, 1)
		if a.learner.Steps() == before {
			continue
		}
		for i, w := range a.Network.Maps[1].Weights.Data {
			want[i] = 0.9*want[i] + 0.1*float64(w)
		}
	}
	moved := 0.0
	for i, got := range a.Average.Maps[1].Weights.Data {
		if math.Abs(float64(got)-want[i]) > 1e-5 {
			t.Fatalf("weight %d: %v, want %v", i, got, want[i])
		}
		moved = max(moved, math.Abs(want[i]-float64(a.Network.Maps[1].Weights.Data[i])))
	}
	if moved < 1e-3 {
		t.Errorf("the average is within %v of the network: the test needs more", moved)
	}
}

// TestReplayKeepsTheLast transitions, and an episode that is cut short has not ended.
func TestReplayKeepsTheLast(t *testing.T) {
	r := newReplay(3, 1)
	for i := range 5 {
		r.add([]float32{float32(i)}, i, float32(i), []float32{float32(i + 1)}, []end{goesOn, goesOn, goesOn, cut, ended}[i])
	}
	if r.len() != 3 || r.action[0] != 3 || r.action[1] != 4 || r.action[2] != 2 || r.end[1] != ended || r.end[0] != cut {
		t.Errorf("kept %v", r.action)
	}
	s := testSettings(credit.Backprop)
	s.Limit = 1
	a := newAgent(t, modeltest.Engine(t, kernels.AVX512, 1), s)
	episodes(t, a, 5)
	ends := 0
	for i := range 5 {
		next, _, end := move(int(feedforward.Classes(a.replay.x)[i]), a.replay.action[i])
		if end != (a.replay.end[i] == ended) || end == (a.replay.end[i] == cut) || next != feedforward.Classes(a.replay.next)[i] {
			t.Errorf("transition %d ends at %d: %v", i, next, a.replay.end[i])
		}
		if end {
			ends++
		}
	}
	if ends == 5 || a.Steps() != 5 {
		t.Errorf("%d of %d steps end", ends, a.Steps())
	}
}

func TestSameBitsEverywhere(t *testing.T) {
	for _, rule := range credit.Rules() {
		modeltest.SameBits(t, func(e *kernels.Engine) []float64 {
			a := newAgent(t, e, testSettings(rule))
			episodes(t, a, 15)
			return numbers(a)
		})
	}
}

func TestResume(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 2)
	path := filepath.Join(t.TempDir(), "agent")
	for _, rule := range credit.Rules() {
		s := testSettings(rule)
		s.Replay = 60 // which is full before the end
		whole := newAgent(t, e, s)
		episodes(t, whole, 40)
		for _, stop := range []int{0, 3, 30} {
			first := newAgent(t, e, s)
			episodes(t, first, stop)
			if err := first.Save(path); err != nil {
				t.Fatal(err)
			}
			second, err := Resume(path, &corridor{}, e)
			if err != nil {
				t.Fatal(err)
			}
			if second.Settings != s {
				t.Errorf("%v: settings %+v, want %+v", rule, second.Settings, s)
			}
			episodes(t, second, 40-stop)
			if i := modeltest.FirstDifference(numbers(second), numbers(whole)); i >= 0 {
				t.Errorf("%v, stopped after %d episodes: number %d differs", rule, stop, i)
			}
		}
	}
}

func TestEvaluate(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 1)
	a := newAgent(t, e, testSettings(credit.DifferenceTargets))
	episodes(t, a, 500)
	// Value iteration's choices earn 0.95, 0.9, ... from the rooms at the right; from
	// room 0 the way to the right is 1-0.2, which beats 0.3 only if it is not too far.
	mean := func(policy reward.Policy) (mean float64) {
		returns, err := Evaluate(t.Context(), e, a.Average, &corridor{}, policy, 1, 100, 30)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range returns {
			mean += r / 100
		}
		return mean
	}
	want := 0.0
	q := values(float64(a.Settings.Discount))
	for start := range rooms {
		for room, ended := start, false; !ended; {
			action, reward := 0, float32(0)
			if q[room][1] > q[room][0] {
				action = 1
			}
			room, reward, ended = move(room, action)
			want += float64(reward) / rooms
		}
	}
	if got := mean(reward.Policy{}); math.Abs(got-want) > 1e-6 {
		t.Errorf("the network earns %v, the best policy %v", got, want)
	}
	if got := mean(reward.Random()); got > want-0.2 {
		t.Errorf("a random policy earns %v, the best %v", got, want)
	}
}

func TestRefusals(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 1)
	for want, change := range map[string]func(*Settings, *feedforward.Config){
		"softmax":     func(_ *Settings, c *feedforward.Config) { c.Top = feedforward.Softmax },
		"5 numbers":   func(_ *Settings, c *feedforward.Config) { c.Sizes[0] = 4 },
		"2 actions":   func(_ *Settings, c *feedforward.Config) { c.Sizes[3] = 3 },
		"batch":       func(s *Settings, _ *feedforward.Config) { s.Batch = 0 },
		"epsilon":     func(s *Settings, _ *feedforward.Config) { s.Policy.Epsilon = 2 },
		"explore":     func(s *Settings, _ *feedforward.Config) { s.Explore = -1 },
		"episodes":    func(s *Settings, _ *feedforward.Config) { s.Limit = 0 },
		"discount":    func(s *Settings, _ *feedforward.Config) { s.Discount = 1 },
		"transitions": func(s *Settings, _ *feedforward.Config) { s.Replay = s.Batch - 1 },
		"goals of 0":  func(s *Settings, _ *feedforward.Config) { s.Ahead = 0 },
		"every 0":     func(s *Settings, _ *feedforward.Config) { s.Every = 0 },
		"that fall":   func(s *Settings, _ *feedforward.Config) { s.Cool = -1 },
		"follows":     func(s *Settings, _ *feedforward.Config) { s.Follow = 0 },
	} {
		s, c := testSettings(credit.Backprop), testConfig()
		change(&s, &c)
		n, err := feedforward.New(c, 1, e)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := NewAgent(n, &corridor{}, s, e); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("want an error with %q, got %v", want, err)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	a := newAgent(t, e, testSettings(credit.Backprop))
	if err := a.Train(ctx, 10, func(int) { cancel() }); !errors.Is(err, context.Canceled) || len(a.Returns) != 1 {
		t.Errorf("cancelled after %d episodes: %v", len(a.Returns), err)
	}
	if _, err := Evaluate(ctx, e, a.Network, &corridor{}, reward.Random(), 1, 10, 10); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
	s := testSettings(credit.Backprop)
	s.Optimizer = kernels.Optimizer{Rule: kernels.SGD, Rate: 1e30}
	if err := newAgent(t, e, s).Train(t.Context(), 100, nil); !errors.Is(err, model.ErrDiverged) {
		t.Errorf("a rate that is too large: %v", err)
	}
}

// TestMemoryFollowsTransitions: settings that ask for many transitions and large minibatches take no memory until there are
// as many. A file of a few kilobytes may have them.
func TestMemoryFollowsTransitions(t *testing.T) {
	s := testSettings(credit.Backprop)
	s.Replay, s.Batch = maxReplay, 1<<20
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	a := newAgent(t, modeltest.Engine(t, kernels.AVX512, 1), s)
	episodes(t, a, 5)
	runtime.ReadMemStats(&after)
	if took := after.TotalAlloc - before.TotalAlloc; took > 32<<20 {
		t.Errorf("%d bytes", took)
	}
}

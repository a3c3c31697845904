package rstdp

import (
	"context"
	"errors"
	"fmt"
	"hash/fnv"
	"math"
	"runtime/debug"
	"strings"
	"testing"

	"github.com/targetprop/targetprop/internal/race"
	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model/internal/modeltest"
	"github.com/targetprop/targetprop/model/internal/random"
)

func simulate(t *testing.T, s Settings, opts ...kernels.Option) Result {
	t.Helper()
	e, err := kernels.New(opts...)
	if err != nil {
		t.Fatal(err)
	}
	defer e.Close()
	r, err := Simulate(t.Context(), e, s, nil)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// late is the mean reward of a network over the last blocks.
func late(blocks []float64) float64 {
	const last = 5
	sum := 0.0
	for _, reward := range blocks[len(blocks)-last:] {
		sum += reward
	}
	return sum / last
}

// TestEveryNetworkLearns: each of several networks ends near the largest reward, 1, and
// no control moves from chance, 0. A mean of 500 rewards has a standard error of 0.045.
func TestEveryNetworkLearns(t *testing.T) {
	if race.Enabled {
		t.Skip("TestSameBitsEverywhere runs the same goroutines, and fewer trials")
	}
	s := Default()
	s.Runs = 4
	r := simulate(t, s)
	for i := range r.Reward {
		if got := late(r.Reward[i]); got < 0.75 {
			t.Errorf("network %d ends with a reward of %v", i, got)
		}
		if got := late(r.Shuffled[i]); math.Abs(got) > 0.2 {
			t.Errorf("the control of network %d ends with a reward of %v", i, got)
		}
		if start := r.Reward[i][0]; math.Abs(start) > 0.35 {
			t.Errorf("network %d begins with a reward of %v", i, start)
		}
	}
}

// TestRawRewardTeachesLittle: without its expectation, the reward moves weights by the
// mean eligibility, whatever the choice was.
func TestRawRewardTeachesLittle(t *testing.T) {
	if race.Enabled {
		t.Skip("TestSameBitsEverywhere runs the same goroutines, and fewer trials")
	}
	s := Default()
	s.Runs, s.Baseline = 2, 0
	r := simulate(t, s)
	for i := range r.Reward {
		if got := late(r.Reward[i]); got > 0.4 {
			t.Errorf("network %d ends with a reward of %v", i, got)
		}
	}
}

// TestSlowTrial compares the eligibility, choice and weights of trials with a slow
// computation that keeps whole courses and decays every trace in every step.
func TestSlowTrial(t *testing.T) {
	s := Default()
	s.Inputs, s.Duration, s.Step, s.Delay = 30, 60, 0.5, 40
	s.MaxWeight, s.High = 0.6, 60
	task, n := newTask(t.Context(), s, 7), newNetwork(s, 7)
	chosen := [outputs]int{}
	for number := range 40 {
		trial := task.draw(kernels.Default(), number)
		trace, choice := slowTrial(s, n.weights, trial)
		if got := n.run(trial); got != choice {
			t.Errorf("trial %d: choice %d, want %d", number, got, choice)
		}
		chosen[choice]++
		for i := range trace {
			for j := range outputs {
				if math.Abs(n.trace[i][j]-trace[i][j]) > 1e-12 {
					t.Fatalf("trial %d: eligibility %v of synapse %d to %d, want %v", number, n.trace[i][j], i, j, trace[i][j])
				}
			}
		}
		expected, reward := n.expected[trial.pattern], trial.reward(choice)
		before := n.weights[3]
		n.learn(trial.pattern, reward)
		if want := before[1] + s.Rate*(reward-expected)*trace[3][1]; want > 0 && want < s.MaxWeight && math.Abs(n.weights[3][1]-want) > 1e-12 {
			t.Errorf("trial %d: weight %v, want %v", number, n.weights[3][1], want)
		}
		if want := 0.95*expected + 0.05*reward; math.Abs(n.expected[trial.pattern]-want) > 1e-12 {
			t.Errorf("trial %d: expects %v, want %v", number, n.expected[trial.pattern], want)
		}
	}
	if min(chosen[0], chosen[1]) < 5 {
		t.Errorf("choices %v: the test needs both", chosen)
	}
}

func slowTrial(s Settings, weights [][outputs]float64, trial *trial) (trace [][outputs]float64, choice int) {
	steps := len(trial.fired)
	var count [outputs]int
	trace = make([][outputs]float64, len(weights))
	for j := range outputs {
		v := make([]float64, steps+1)
		v[0] = s.Rest
		spikes, last := 0, -1
		for k := range steps {
			drive := (s.Rest-v[k])/s.Leak + trial.slope[j]
			v[k+1] = v[k] + s.Step*drive + s.Noise*math.Sqrt(s.Step)*float64(trial.noise[k*outputs+j])
			for _, i := range trial.fired[k] {
				v[k+1] += weights[i][j]
			}
			if v[k+1] >= s.Threshold && (last < 0 || float64(k-last)*s.Step >= s.Pause) {
				spikes, last = spikes+1, k
			}
		}
		count[j] = spikes
		for i := range weights {
			e := 0.0
			for k := range steps + int(s.Delay/s.Step) {
				e *= 1 - s.Step/s.Trace
				if k >= steps {
					continue
				}
				for _, f := range trial.fired[k] {
					if f == i {
						e += (v[k+1] - v[max(k-1, 0)]) / (2 * s.Step)
					}
				}
			}
			trace[i][j] = e
		}
	}
	switch {
	case count[0] > count[1]:
		return trace, 0
	case count[1] > count[0]:
		return trace, 1
	}
	return trace, trial.coin
}

// TestTrials counts spikes, patterns and explorations.
func TestTrials(t *testing.T) {
	s := Default()
	task := newTask(t.Context(), s, 3)
	const trials = 2000
	var inside, outside, slope float64
	patterns := make([]int, s.Patterns)
	for number := range trials {
		trial := task.draw(kernels.Default(), number)
		patterns[trial.pattern]++
		for _, fired := range trial.fired {
			for _, i := range fired {
				if task.patterns[trial.pattern][i] {
					inside++
				} else {
					outside++
				}
			}
		}
		for _, v := range trial.slope {
			if math.Abs(v) > s.Slope {
				t.Fatalf("a ramp of %v mV/ms", v)
			}
			slope += v * v / (outputs * trials)
		}
	}
	seconds := float64(trials) * s.Duration / 1000 * float64(s.Inputs/2)
	for got, want := range map[float64]float64{inside: s.High * seconds, outside: s.Low * seconds} {
		if math.Abs(got-want) > 5*math.Sqrt(want) {
			t.Errorf("%v spikes, want %v", got, want)
		}
	}
	if want := s.Slope * s.Slope / 3; math.Abs(slope-want) > 0.1*want {
		t.Errorf("ramps of variance %v, want %v", slope, want)
	}
	for p, count := range patterns {
		if want := float64(trials) / float64(s.Patterns); math.Abs(float64(count)-want) > 5*math.Sqrt(want) {
			t.Errorf("pattern %d in %d trials, want %v", p, count, want)
		}
	}
}

// TestControlGetsTheSameRewards: in another order.
func TestControlGetsTheSameRewards(t *testing.T) {
	s := Default()
	s.Patterns, s.Baseline = 2, 0
	p := newPair(t.Context(), s, 1)
	p.block(t.Context(), kernels.Default(), 0)
	moved := 0
	for i, other := range p.order {
		if i != other {
			moved++
		}
	}
	if moved < len(p.order)/2 {
		t.Errorf("%d of %d rewards moved", moved, len(p.order))
	}
	order := make([]int, s.Block)
	random.Shuffle(order, 1, s.Patterns)
	control := newNetwork(s, 1)
	for i, other := range order {
		trial := p.task.draw(kernels.Default(), i)
		control.run(trial)
		control.learn(trial.pattern, p.rewards[other])
	}
	for i := range control.weights {
		if control.weights[i] != p.control.weights[i] {
			t.Fatalf("synapse %d of the control has weights %v, want %v", i, p.control.weights[i], control.weights[i])
		}
	}
}

// TestSameBitsEverywhere compares with bits that were found once.
func TestSameBitsEverywhere(t *testing.T) {
	s := Default()
	s.Runs, s.Trials = 3, 200
	const want = "839e0b9abf11b48b"
	for _, isa := range kernels.Available() {
		for _, threads := range []int{1, 2, 7} {
			e, err := kernels.New(kernels.WithMaxISA(isa), kernels.WithThreads(threads))
			if err != nil {
				t.Fatal(err)
			}
			r, err := Simulate(t.Context(), e, s, nil)
			if err != nil {
				t.Fatal(err)
			}
			p := newPair(t.Context(), s, 9)
			p.block(t.Context(), e, 0)
			hash := fnv.New64a()
			fmt.Fprintf(hash, "%x %x %x", r.Reward, r.Shuffled, p.network.weights)
			if got := fmt.Sprintf("%x", hash.Sum(nil)); got != want {
				t.Errorf("%v with %d threads: bits %s, want %s", isa, threads, got, want)
			}
			e.Close()
		}
	}
}

func TestCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	s := Default()
	done := 0
	_, err := Simulate(ctx, kernels.Default(), s, func(n int) { done = n; cancel() })
	if !errors.Is(err, context.Canceled) || done != s.Block {
		t.Errorf("after %d trials: %v", done, err)
	}
	s.Block, s.Trials = maxBlock, maxBlock
	modeltest.EndsSoon(t, "in the middle of a block", func(ctx context.Context) error {
		_, err := Simulate(ctx, kernels.Default(), s, nil)
		return err
	})
}

// TestTooManyPatterns: what does not fit in memory is refused before it is begun.
func TestTooManyPatterns(t *testing.T) {
	defer debug.SetMemoryLimit(debug.SetMemoryLimit(64 << 20))
	s := Default()
	many, large, long := s, s, s
	many.Patterns, many.Inputs = 5000, 5000
	large.Patterns, large.Inputs, large.Runs = 2, maxInputs, 20 // patterns are 2.6 MB
	long.Duration, long.Runs = 60_000, 50                       // of which steps are most
	for _, s := range []Settings{many, large, long} {
		if _, err := Simulate(t.Context(), kernels.Default(), s, nil); err == nil || !strings.Contains(err.Error(), "GB of memory") {
			t.Errorf("%d patterns of %d inputs, %v ms: error %v", s.Patterns, s.Inputs, s.Duration, err)
		}
	}
}

package credit

import (
	"math"
	"testing"

	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model/feedforward"
	"github.com/targetprop/targetprop/model/internal/modeltest"
	"github.com/targetprop/targetprop/model/internal/random"
)

// actions are examples whose target depends on what the network did: it takes the action
// of the largest output, and learns the reward of that one alone.
type actions struct {
	feedforward.Pairs
	taken []int
}

func (a actions) Target(i int, y, target, weight []float32) {
	best := 0
	for j, v := range y {
		if v > y[best] {
			best = j
		}
	}
	a.taken[i] = best
	clear(weight)
	target[best], weight[best] = a.Y.Row(i)[best], 1
}

// TestErrorOfOneOutput: the gradient is that of the error of the action that was taken,
// and the weights of the top's other outputs stay as they were.
func TestErrorOfOneOutput(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 2)
	const examples = 6
	all := actions{feedforward.Pairs{X: random.Uniform(examples, 7, 1), Y: random.Uniform(examples, 5, 2)}, make([]int, examples)}
	config := feedforward.Config{Sizes: []int{7, 6, 5}, Hidden: []kernels.Activation{kernels.Tanh}, Top: feedforward.Logistic}
	n := network(t, e, config)
	before := newSlow(n)
	l, err := NewLearner(n, plain(Backprop, 1), e)
	if err != nil {
		t.Fatal(err)
	}
	losses, err := l.Step(all, numbers(examples))
	if err != nil {
		t.Fatal(err)
	}
	taken := map[int]bool{}
	var want float64
	for i, action := range all.taken {
		y := before.up(modeltest.Wide(all.X.Row(i)))[2]
		for _, other := range y {
			if other > y[action] {
				t.Errorf("example %d: the action has output %v and another %v", i, y[action], other)
			}
		}
		want += math.Pow(y[action]-float64(all.Y.Row(i)[action]), 2) / examples
		taken[action] = true
	}
	if !modeltest.Near(losses[0], want, 1e-6) {
		t.Errorf("loss %v, want %v", losses[0], want)
	}
	if len(taken) == config.Outputs() {
		t.Fatal("the test needs an action that is never taken")
	}
	for i, row := range changes(before.maps[1], n.Maps[1].Weights) {
		for j, change := range row {
			if (change != 0) != taken[j] {
				t.Errorf("row %d, output %d: change %v, and it was taken: %v", i, j, change, taken[j])
			}
		}
	}
}

// TestRateScale: half the rate is half the change, of the rule's own maps too.
func TestRateScale(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 1)
	all := someExamples(9, 7, 3)
	change := func(scale float32) []float32 {
		l, err := NewLearner(network(t, e, deep(feedforward.Softmax)), plain(DifferenceTargets, 1), e)
		if err != nil {
			t.Fatal(err)
		}
		before := parameters(l)
		l.RateScale = scale
		if _, err := l.Step(all, numbers(9)); err != nil {
			t.Fatal(err)
		}
		for i, v := range parameters(l) {
			before[i] = v - before[i]
		}
		return before
	}
	whole := change(1)
	for i, half := range change(0.5) {
		if math.Abs(float64(half-whole[i]/2)) > 1e-6 {
			t.Fatalf("parameter %d changes by %v, and by %v at the whole rate", i, half, whole[i])
		}
	}
}

// TestBatchesOfAnySize: a minibatch is what its numbers say, whatever came before.
func TestBatchesOfAnySize(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 2)
	all := someExamples(40, 7, 3)
	for _, rule := range Rules() {
		l, err := NewLearner(network(t, e, deep(feedforward.Softmax)), plain(rule, 1e-30), e)
		if err != nil {
			t.Fatal(err)
		}
		for _, batch := range [][]int{{3}, numbers(40), {5, 5, 39}, {0}} {
			losses, err := l.Step(all, batch)
			if err != nil {
				t.Fatal(err)
			}
			var want float64
			s := newSlow(l.Network)
			for _, i := range batch {
				h := s.up(modeltest.Wide(all.X.Row(i)))
				want += s.loss(h[4], modeltest.Wide(all.Y.Row(i)), modeltest.Wide(all.w.Row(i))) / float64(len(batch))
			}
			if !modeltest.Near(losses[0], want, 1e-6) {
				t.Errorf("%v, %v: loss %v, want %v", rule, batch, losses[0], want)
			}
		}
		if l.Steps() != 4 {
			t.Errorf("%v: %d steps, want 4", rule, l.Steps())
		}
	}
}

func TestBadInput(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 1)
	n := network(t, e, deep(feedforward.Softmax))
	good := small(DifferenceTargets)
	for name, spoil := range map[string]func(s *Training){
		"rule":      func(s *Training) { s.Rule = 17 },
		"epochs":    func(s *Training) { s.Epochs = -1 },
		"batch":     func(s *Training) { s.Batch = 0 },
		"noise":     func(s *Training) { s.InputNoise = float32(math.NaN()) },
		"optimizer": func(s *Training) { s.Optimizer.Rate = 0 },
		"step":      func(s *Training) { s.Targets.Step = 0 },
		"inverse":   func(s *Training) { s.Targets.Noise = -1 },
		"rates":     func(s *Training) { s.Targets.Optimizer.Rate = float32(math.Inf(1)) },
	} {
		bad := good
		spoil(&bad)
		if _, err := NewLearner(n, bad, e); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
	bad := good
	bad.Rule, bad.Targets = Backprop, Targets{}
	if _, err := NewLearner(n, bad, e); err != nil {
		t.Errorf("back-propagation asks for settings of targets: %v", err)
	}
	l, err := NewLearner(n, good, e)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := l.Step(someExamples(4, 8, 3), numbers(4)); err == nil {
		t.Error("8 inputs for a network of 7: no error")
	}
	if _, err := l.Step(someExamples(4, 7, 3), nil); err == nil {
		t.Error("no examples: no error")
	}
	if _, err := NewTrainer(n, someExamples(0, 7, 3), good, e); err == nil {
		t.Error("an empty training set: no error")
	}
	if _, err := NewTrainer(n, someExamples(4, 8, 3), good, e); err == nil {
		t.Error("a training set of 8 inputs for a network of 7: no error")
	}
}

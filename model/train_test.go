package model

import (
	"errors"
	"math"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/targetprop/targetprop/internal/race"
	"github.com/targetprop/targetprop/kernels"
)

func smallTraining() Training {
	s := DefaultTraining()
	s.Epochs, s.Batch, s.Inference.Iterations = 2, 16, 4
	return s
}

func train(tb testing.TB, t *Trainer) {
	tb.Helper()
	for !t.Done() {
		if _, err := t.Step(); err != nil {
			tb.Fatal(err)
		}
	}
}

// parameters is a copy of all weights and biases.
func parameters(n *Network) []float32 {
	var all []float32
	for _, m := range n.Maps() {
		bias, weight := m.unpack()
		all = append(append(all, bias...), weight...)
	}
	return all
}

// TestStepIsLocalGradientDescent checks one M-step of plain gradient descent
// against gradients of the local losses taken numerically in float64.
func TestStepIsLocalGradientDescent(t *testing.T) {
	e := newEngine(t, kernels.AVX512, 2)
	n := newNetwork(t, e, 12, 9, 5)
	data := toy{n: 10, dim: 12}
	settings := smallTraining()
	settings.Batch = 10
	settings.Optimizer = kernels.Optimizer{Rule: kernels.SGD, Rate: 0.01}
	trainer, err := NewTrainer(n, data, settings, e)
	if err != nil {
		t.Fatal(err)
	}
	var before []slowMap
	for _, m := range n.Maps() {
		before = append(before, slow(m))
	}
	if _, err := trainer.Step(); err != nil {
		t.Fatal(err)
	}
	for i, m := range n.Maps() {
		l := trainer.learners[i]
		loss := func(s slowMap) float64 {
			var total float64
			for b := range 10 {
				y := s.apply(wide(l.corrupted.Row(b)))
				for j, v := range wide(trainer.states.H[l.target].Row(b)) {
					total += (y[j] - v) * (y[j] - v)
				}
			}
			return total / 10
		}
		if got, want := trainer.Losses()[i], loss(before[i]); !near(got, want, 1e-5) {
			t.Errorf("%s: loss %v, want %v", mapName(i), got, want)
		}
		after := slow(m)
		const h = 1e-5
		check := func(name string, p *float64, after float64) {
			old := *p
			*p = old + h
			up := loss(before[i])
			*p = old - h
			down := loss(before[i])
			*p = old
			want := old - 0.01*(up-down)/(2*h)
			if math.Abs(after-want) > 1e-5*math.Max(0.01, math.Abs(want)) {
				t.Fatalf("%s: %s became %v, want %v from %v", mapName(i), name, after, want, old)
			}
		}
		for j := range before[i].bias {
			check("bias", &before[i].bias[j], after.bias[j])
		}
		for r := range before[i].w {
			for c := range before[i].w[r] {
				check("weight", &before[i].w[r][c], after.w[r][c])
			}
		}
	}
}

func TestCorruptionHasItsMoments(t *testing.T) {
	e := newEngine(t, kernels.AVX512, 1)
	n := newNetwork(t, e, 100, 80, 60)
	settings := smallTraining()
	settings.Batch = 400
	trainer, err := NewTrainer(n, toy{n: 400, dim: 100}, settings, e)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := trainer.Step(); err != nil {
		t.Fatal(err)
	}
	// f1, g1, f2: Gaussian of 0.5, 0.3, 0.5; g2: mean of three draws.
	for i, std := range []float64{0.5, 0.3, 0.5, 0} {
		l := trainer.learners[i]
		var sum, square, expected float64
		count := 0.0
		for b := range l.corrupted.Rows {
			clean := trainer.states.H[l.input].Row(b)
			for j, v := range l.corrupted.Row(b) {
				d := float64(v - clean[j])
				sum, square, count = sum+d, square+d*d, count+1
				expected += float64(clean[j]) * float64(1-clean[j]) / 3
				if k := 3 * float64(v); std == 0 && math.Abs(k-math.Round(k)) > 1e-6 {
					t.Fatalf("%s: input %v is no mean of three draws", mapName(i), v)
				}
			}
		}
		if std > 0 {
			expected = std * std * count
		}
		if math.Abs(sum/count) > 0.01 || !near(square/expected, 1, 0.02) {
			t.Errorf("%s: corruption has mean %v and variance %v, want 0 and %v", mapName(i), sum/count, square/count, expected/count)
		}
	}
}

// TestSameBitsEverywhere trains with every instruction set and several numbers
// of threads; batches do not divide the data.
func TestSameBitsEverywhere(t *testing.T) {
	run := func(e *kernels.Engine) []float32 {
		n := newNetwork(t, e, 30, 21, 13)
		trainer, err := NewTrainer(n, toy{n: 50, dim: 30}, smallTraining(), e)
		if err != nil {
			t.Fatal(err)
		}
		train(t, trainer)
		if err := n.EstimatePrior(t.Context(), e, trainer.data, trainer.Settings.Inference, nil); err != nil {
			t.Fatal(err)
		}
		samples, err := n.Generate(t.Context(), e, 20, DefaultSampling(), nil)
		if err != nil {
			t.Fatal(err)
		}
		return slices.Concat(parameters(n), n.Prior.Mean, n.Prior.Std, samples.Data)
	}
	want := run(newEngine(t, kernels.Generic, 1))
	for _, isa := range kernels.Available() {
		for _, threads := range []int{1, 2, 7} {
			got := run(newEngine(t, isa, threads))
			if i := firstDifference(got, want); i >= 0 {
				t.Errorf("%v with %d threads: number %d differs from plain Go on one thread", isa, threads, i)
			}
		}
	}
}

// hesitant takes its time to read some examples, so that a thread that has others is done
// long before and takes some of them over.
type hesitant struct{ toy }

func (h hesitant) Read(i int, dst []float32) {
	if i%32 == 0 {
		time.Sleep(5 * time.Millisecond)
	}
	h.toy.Read(i, dst)
}

func TestSameBitsHandedOver(t *testing.T) {
	run := func(threads int) []float32 {
		e := newEngine(t, kernels.AVX512, threads)
		n := newNetwork(t, e, 30, 21, 13)
		settings := smallTraining()
		settings.Batch = 96
		trainer, err := NewTrainer(n, hesitant{toy{n: 200, dim: 30}}, settings, e)
		if err != nil {
			t.Fatal(err)
		}
		train(t, trainer)
		return append(parameters(n), float32(trainer.Losses()[0]))
	}
	want := run(1)
	for _, threads := range []int{2, 3} {
		if i := firstDifference(run(threads), want); i >= 0 {
			t.Errorf("%d threads: number %d differs from one thread", threads, i)
		}
	}
}

func firstDifference(a, b []float32) int {
	if len(a) != len(b) {
		return 0
	}
	for i := range a {
		if math.Float32bits(a[i]) != math.Float32bits(b[i]) {
			return i
		}
	}
	return -1
}

func TestStepDoesNotAllocate(t *testing.T) {
	if race.Enabled {
		t.Skip("the race detector makes pools forget")
	}
	for _, threads := range []int{1, 2} {
		e := newEngine(t, kernels.AVX512, threads)
		n := newNetwork(t, e, 50, 40, 10)
		settings := smallTraining()
		settings.Epochs = 1000
		trainer, err := NewTrainer(n, toy2{64, 50}, settings, e)
		if err != nil {
			t.Fatal(err)
		}
		if allocs := testing.AllocsPerRun(20, func() { _, err = trainer.Step() }); allocs != 0 || err != nil {
			t.Errorf("%d threads: %v allocations a step, error %v", threads, allocs, err)
		}
	}
}

// toy2 reads without allocating.
type toy2 struct{ n, dim int }

func (t toy2) Len() int { return t.n }
func (t toy2) Dim() int { return t.dim }
func (t toy2) Read(i int, dst []float32) {
	for j := range dst {
		dst[j] = float32(i*j%7) / 7
	}
}

func TestResumeContinuesBitForBit(t *testing.T) {
	e := newEngine(t, kernels.AVX512, 2)
	data := toy{n: 50, dim: 30}
	for _, rule := range []kernels.Rule{kernels.RMSProp, kernels.SGD, kernels.Adam} {
		settings := smallTraining()
		settings.Optimizer.Rule = rule
		fresh := func() *Trainer {
			trainer, err := NewTrainer(newNetwork(t, e, 30, 21, 13), data, settings, e)
			if err != nil {
				t.Fatal(err)
			}
			return trainer
		}
		whole := fresh()
		train(t, whole)
		for stop := range 2 * whole.StepsPerEpoch() {
			trainer := fresh()
			for range stop {
				if _, err := trainer.Step(); err != nil {
					t.Fatal(err)
				}
			}
			path := filepath.Join(t.TempDir(), "checkpoint.safetensors")
			if err := trainer.Save(path, map[string]string{"data": "toy"}); err != nil {
				t.Fatal(err)
			}
			c, err := LoadCheckpoint(path)
			if err != nil {
				t.Fatal(err)
			}
			if c.Notes["data"] != "toy" {
				t.Errorf("notes became %v", c.Notes)
			}
			resumed, err := c.Resume(data, e)
			if err != nil {
				t.Fatal(err)
			}
			train(t, resumed)
			if i := firstDifference(parameters(resumed.Network), parameters(whole.Network)); i >= 0 {
				t.Errorf("%v stopped at step %d: parameter %d differs", rule, stop, i)
			}
			if !slices.Equal(resumed.Losses(), whole.Losses()) {
				t.Errorf("%v stopped at step %d: losses %v, want %v", rule, stop, resumed.Losses(), whole.Losses())
			}
		}
	}
}

func TestTrainingLowersTheLosses(t *testing.T) {
	e := newEngine(t, kernels.AVX512, 2)
	n := newNetwork(t, e, 30, 40, 10)
	settings := smallTraining()
	settings.Epochs, settings.Optimizer.Rate = 30, 1e-3
	trainer, err := NewTrainer(n, toy{n: 200, dim: 30}, settings, e)
	if err != nil {
		t.Fatal(err)
	}
	var first []float64
	for !trainer.Done() {
		if _, err := trainer.Step(); err != nil {
			t.Fatal(err)
		}
		if epoch, step := trainer.Position(); epoch == 1 && step == 0 {
			first = trainer.Losses()
		}
	}
	last := trainer.Losses()
	const g1 = 1 // the map that the pictures come from
	if last[g1] > 0.5*first[g1] {
		t.Errorf("the loss of g1 went from %v to %v", first[g1], last[g1])
	}
}

func TestDivergenceStops(t *testing.T) {
	e := newEngine(t, kernels.AVX512, 1)
	settings := smallTraining()
	settings.Optimizer = kernels.Optimizer{Rule: kernels.SGD, Rate: 1e30}
	trainer, err := NewTrainer(newNetwork(t, e, 30, 21, 13), toy{n: 50, dim: 30}, settings, e)
	if err != nil {
		t.Fatal(err)
	}
	for !trainer.Done() {
		if _, err = trainer.Step(); err != nil {
			break
		}
	}
	if !errors.Is(err, ErrDiverged) {
		t.Fatalf("error %v, want ErrDiverged", err)
	}
}

func TestBadSettings(t *testing.T) {
	e := newEngine(t, kernels.AVX512, 1)
	nan := float32(math.NaN())
	for name, change := range map[string]func(*Training){
		"epochs":       func(s *Training) { s.Epochs = -1 },
		"batch":        func(s *Training) { s.Batch = 0 },
		"rate NaN":     func(s *Training) { s.Optimizer.Rate = nan },
		"rate 0":       func(s *Training) { s.Optimizer.Rate = 0 },
		"momentum":     func(s *Training) { s.Optimizer.Momentum = 1 },
		"decay":        func(s *Training) { s.Optimizer.Decay = nan },
		"epsilon":      func(s *Training) { s.Optimizer.Epsilon = 0 },
		"delta":        func(s *Training) { s.Inference.Delta = nan },
		"alpha":        func(s *Training) { s.Inference.Alpha = -1 },
		"iterations":   func(s *Training) { s.Inference.Iterations = -1 },
		"noise":        func(s *Training) { s.UpNoise = nan },
		"draws":        func(s *Training) { s.Draws = 0 },
		"optimiser":    func(s *Training) { s.Optimizer.Rule = 99 },
		"rate too big": func(s *Training) { s.Optimizer.Rate = float32(math.Inf(1)) },
	} {
		s := DefaultTraining()
		change(&s)
		if _, err := NewTrainer(newNetwork(t, e, 4, 3), toy{n: 5, dim: 4}, s, e); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
	if _, err := NewTrainer(newNetwork(t, e, 4, 3), toy{n: 0, dim: 4}, DefaultTraining(), e); err == nil {
		t.Error("no examples: no error")
	}
	if _, err := NewTrainer(newNetwork(t, e, 4, 3), toy{n: 5, dim: 5}, DefaultTraining(), e); err == nil {
		t.Error("wrong width: no error")
	}
	for _, sizes := range [][]int{{}, {4}, {4, 0}, {-1, 3}, {4, 1 << 30}} {
		if _, err := New(DefaultConfig(sizes...), 1, e); err == nil {
			t.Errorf("sizes %v: no error", sizes)
		}
	}
}

package credit

import (
	"errors"
	"fmt"
	"slices"
	"testing"

	"github.com/targetprop/targetprop/internal/race"
	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model"
	"github.com/targetprop/targetprop/model/feedforward"
	"github.com/targetprop/targetprop/model/internal/modeltest"
	"github.com/targetprop/targetprop/model/internal/rows"
)

// classes are bars of five places, to be told apart.
func classes(t testing.TB, n int) feedforward.Labelled {
	t.Helper()
	var labels []uint8
	images := modeltest.Bars{N: n, Width: 30, Noise: 0.3}
	x := make([]float32, 30)
	for i := range n {
		images.Read(i, x)
		best := 0
		for place := range 5 {
			if x[place] > x[best] {
				best = place
			}
		}
		labels = append(labels, uint8(best))
	}
	data, err := feedforward.NewLabelled(images, labels, 5)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// small are settings for classes.
func small(rule Rule) Training {
	s := DefaultTraining(rule)
	s.Epochs, s.Batch, s.InputNoise = 2, 16, 0.1
	s.Optimizer.Rate, s.Targets.Optimizer.Rate = 3e-3, 3e-3
	return s
}

// newTrainer trains a network of three hidden layers.
func newTrainer(t testing.TB, e *kernels.Engine, examples feedforward.Examples, settings Training) *Trainer {
	t.Helper()
	config := feedforward.DefaultConfig(feedforward.Softmax, 30, 21, 17, 13, 5)
	config.Hidden[1] = kernels.Softplus
	n, err := feedforward.New(config, 3, e)
	if err != nil {
		t.Fatal(err)
	}
	trainer, err := NewTrainer(n, examples, settings, e)
	if err != nil {
		t.Fatal(err)
	}
	return trainer
}

// train takes all steps that are left.
func train(t testing.TB, trainer *Trainer) {
	t.Helper()
	for !trainer.Done() {
		if _, err := trainer.Step(); err != nil {
			t.Fatal(err)
		}
	}
}

// parameters are those of all maps that learn, the rule's own included.
func parameters(l *Learner) []float32 {
	var all []float32
	for _, layer := range l.layers {
		w := make([]float32, layer.Weights.Rows*layer.Weights.Cols)
		layer.Weights.Unpack(0, rows.Of(layer.Weights.Rows, layer.Weights.Cols, w))
		all = append(all, w...)
	}
	return all
}

// TestSameBitsEverywhere trains with every instruction set and several numbers of threads;
// batches do not divide the data. The hash is that of all machines.
func TestSameBitsEverywhere(t *testing.T) {
	want := map[Rule]uint64{
		Backprop: 0xa04d588a9d426741, FeedbackAlignment: 0xddcf1f267a0616ee, DirectFeedback: 0xb4be133c7a6a4ff8, DifferenceTargets: 0xc4b9da38ef29f4ec,
	}
	for _, rule := range Rules() {
		t.Run(rule.String(), func(t *testing.T) {
			all := modeltest.SameBits(t, func(e *kernels.Engine) []float32 {
				trainer := newTrainer(t, e, classes(t, 50), small(rule))
				train(t, trainer)
				all := parameters(trainer.learner)
				for _, loss := range trainer.Losses() {
					all = append(all, float32(loss))
				}
				angles, err := trainer.Angles()
				if err != nil {
					t.Fatal(err)
				}
				for _, a := range angles {
					all = append(all, float32(a.Cosine), float32(a.Ratio))
				}
				return all
			})
			if got := modeltest.Hash(all); got != want[rule] {
				t.Errorf("hash %#x, want %#x", got, want[rule])
			}
		})
	}
}

func TestStepDoesNotAllocate(t *testing.T) {
	if race.Enabled {
		t.Skip("the race detector makes pools forget")
	}
	for _, rule := range Rules() {
		for _, threads := range []int{1, 2} {
			e := modeltest.Engine(t, kernels.AVX512, threads)
			settings := small(rule)
			settings.Epochs = 1000
			labels := make([]uint8, 64)
			trainer := newTrainer(t, e, feedforward.Labelled{Data: modeltest.Remainders{N: 64, Width: 30}, Labels: labels}, settings)
			var err error
			if allocs := testing.AllocsPerRun(20, func() { _, err = trainer.Step() }); allocs != 0 || err != nil {
				t.Errorf("%v, %d threads: %v allocations a step, error %v", rule, threads, allocs, err)
			}
		}
	}
}

// TestEachRuleLearns: the classes are told apart on examples that were not seen.
func TestEachRuleLearns(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 2)
	for _, rule := range Rules() {
		settings := small(rule)
		settings.Epochs = 20
		data := classes(t, 400)
		trainer := newTrainer(t, e, firstOf{data, 300}, settings)
		first := 0.0
		for !trainer.Done() {
			if _, err := trainer.Step(); err != nil {
				t.Fatal(err)
			}
			if epoch, step := trainer.Position(); epoch == 1 && step == 0 {
				first = trainer.Losses()[0]
			}
		}
		y, err := trainer.Network.Predict(t.Context(), e, data, nil)
		if err != nil {
			t.Fatal(err)
		}
		fresh := y.Slice(300, 400)
		if got, _ := feedforward.Accuracy(fresh, data.Labels[300:]); got < 0.95 {
			t.Errorf("%v: accuracy %v on fresh examples", rule, got)
		}
		if last := trainer.Losses()[0]; !(last < first/2) {
			t.Errorf("%v: the loss went from %v to %v", rule, first, last)
		}
	}
}

// firstOf are the first n examples.
type firstOf struct {
	feedforward.Examples
	n int
}

func (m firstOf) Len() int { return m.n }

func TestDivergenceStops(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 1)
	for _, rule := range Rules() {
		settings := small(rule)
		settings.Optimizer = kernels.Optimizer{Rule: kernels.SGD, Rate: 3e38}
		trainer := newTrainer(t, e, classes(t, 50), settings)
		var err error
		for !trainer.Done() && err == nil {
			_, err = trainer.Step()
		}
		if !errors.Is(err, model.ErrDiverged) {
			t.Errorf("%v: error %v, want model.ErrDiverged", rule, err)
		}
	}
}

// TestLossesAreMeansOverExamples: the last minibatch of an epoch, of 2 examples, counts as 2.
func TestLossesAreMeansOverExamples(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 1)
	data := classes(t, 50)
	settings := small(DifferenceTargets)
	settings.Epochs, settings.InputNoise, settings.Targets.Noise = 1, 0, 0
	settings.Optimizer.Rate, settings.Targets.Optimizer.Rate = 1e-30, 1e-30
	trainer := newTrainer(t, e, data, settings)
	train(t, trainer)
	settings.Batch = 50
	whole := newTrainer(t, e, data, settings)
	train(t, whole)
	for i, want := range whole.Losses() {
		if got := trainer.Losses()[i]; !modeltest.Near(got, want, 1e-6) {
			t.Errorf("loss %d is %v, and %v of all examples at once", i, got, want)
		}
	}
}

func TestCoolingEndsAtZero(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 1)
	trainer := newTrainer(t, e, classes(t, 50), small(Backprop))
	var scales []string
	for !trainer.Done() {
		if _, err := trainer.Step(); err != nil {
			t.Fatal(err)
		}
		scales = append(scales, fmt.Sprint(trainer.learner.RateScale))
	}
	if want := []string{"1", "0.875", "0.75", "0.625", "0.5", "0.375", "0.25", "0.125"}; !slices.Equal(scales, want) {
		t.Errorf("rates are scaled by %v, want %v", scales, want)
	}
}

// TestLastRate: a rate that falls to 0 in more steps than float32 has numbers is not 0 in the last.
func TestLastRate(t *testing.T) {
	s := small(Backprop)
	s.Rates, s.Epochs, s.Batch = model.Rates{Shape: model.Linear}, 1<<20, 1
	trainer := newTrainer(t, modeltest.Engine(t, kernels.AVX512, 1), classes(t, 50), s)
	if err := trainer.schedule.Seek(50<<20-1, s.Epochs); err != nil {
		t.Fatal(err)
	}
	if rate := trainer.rateScale(); !(rate > 0 && rate < 1e-6) {
		t.Errorf("a rate of %v times the first", rate)
	}
}

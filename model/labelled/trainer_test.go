package labelled_test

import (
	"errors"
	"math"
	"slices"
	"testing"

	"github.com/targetprop/targetprop/internal/race"
	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model"
	"github.com/targetprop/targetprop/model/internal/modeltest"
	"github.com/targetprop/targetprop/model/labelled"
)

// TestStepAgainstDefinition checks one step of plain gradient descent: the states
// against INFERENCE in float64, and every parameter against gradients of the local
// losses taken numerically.
func TestStepAgainstDefinition(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 2)
	n := network(t, e, 5, 12, 9, 7)
	const examples, rate = 10, 0.01
	settings := smallTraining()
	settings.Batch = examples
	settings.Optimizer = kernels.Optimizer{Rule: kernels.SGD, Rate: rate}
	trainer, err := labelled.NewTrainer(n, modeltest.Bars{N: examples, Width: 12}, settings, e)
	if err != nil {
		t.Fatal(err)
	}
	s := newSlow(n)
	maps := append(n.Images.Maps(), n.Encoder, n.Decoder)
	var before []modeltest.SlowMap
	for _, m := range maps {
		before = append(before, modeltest.NewSlowMap(m))
	}
	if _, err := trainer.Step(); err != nil {
		t.Fatal(err)
	}
	layers, y := trainer.States()
	_, _, known := trainer.Learner(0)
	for b := range examples {
		h := s.start(modeltest.Wide(trainer.First()[0].Row(b)))
		near(t, "start of h[2]", trainer.First()[2].Row(b), h[2])
		h[0] = modeltest.Wide(layers[0].Row(b))
		label := labelled.Missing
		if known.Row(b)[0] == 1 {
			label = slices.Index(y.Row(b), 1)
		}
		for range settings.Inference.Iterations {
			s.sweep(h, label, settings.Inference)
		}
		near(t, "h[1]", layers[1].Row(b), h[1])
		near(t, "h[2]", layers[2].Row(b), h[2])
	}
	for i, m := range maps {
		input, target, _ := trainer.Learner(i)
		loss := func(s modeltest.SlowMap) (total, count float64) {
			for b := range examples {
				if i >= 4 && known.Row(b)[0] == 0 {
					continue
				}
				out, want := s.Apply(modeltest.Wide(input.Row(b))), modeltest.Wide(target.Row(b))
				if i == 5 {
					total -= math.Log(slowSoftmax(out)[slices.Index(want, 1)])
				}
				for j, v := range want {
					if i < 5 {
						total += (out[j] - v) * (out[j] - v)
					}
				}
				count++
			}
			return total, count
		}
		total, count := loss(before[i])
		if got := trainer.Losses()[i]; !modeltest.Near(got, total/count, 1e-5) {
			t.Errorf("map %d: loss %v, want %v", i, got, total/count)
		}
		if i >= 4 && (count == 0 || count == examples) {
			t.Fatalf("%v labels of %d are given: the test needs some and not all", count, examples)
		}
		after := modeltest.NewSlowMap(m)
		check := func(p *float64, after float64) {
			old := *p
			slope := modeltest.Slope(p, func() float64 { total, _ := loss(before[i]); return total / examples })
			if want := old - rate*slope; math.Abs(after-want) > 1e-5*math.Max(0.01, math.Abs(want)) {
				t.Fatalf("map %d: a parameter became %v, want %v from %v", i, after, want, old)
			}
		}
		for j := range before[i].Bias {
			check(&before[i].Bias[j], after.Bias[j])
		}
		for r := range before[i].Weight {
			for c := range before[i].Weight[r] {
				check(&before[i].Weight[r][c], after.Weight[r][c])
			}
		}
	}
}

func TestSameBitsEverywhere(t *testing.T) {
	modeltest.SameBits(t, func(e *kernels.Engine) []float32 {
		n := network(t, e, 5, 30, 21, 13)
		data := modeltest.Bars{N: 50, Width: 30}
		trainer, err := labelled.NewTrainer(n, data, smallTraining(), e)
		if err != nil {
			t.Fatal(err)
		}
		train(t, trainer)
		if err := n.EstimatePriors(t.Context(), e, data, trainer.Settings.Inference, nil); err != nil {
			t.Fatal(err)
		}
		sampling := labelled.DefaultSampling()
		sampling.Rounds = 1
		samples, err := n.Generate(t.Context(), e, []int{0, 1, 2, 3, 4, 4, 3}, sampling, nil)
		if err != nil {
			t.Fatal(err)
		}
		answers, err := n.Classify(t.Context(), e, data, labelled.Inference{Iterations: 3, Delta: 0.1, Alpha: 0.3}, nil)
		if err != nil {
			t.Fatal(err)
		}
		all := slices.Concat(parameters(n), n.Shares, samples.Data, answers.Data)
		for _, p := range n.Priors {
			all = slices.Concat(all, p.Mean, p.Std)
		}
		return append(all, float32(trainer.Losses()[5]))
	})
}

// remainders have labels and are read without an allocation.
type remainders struct{ modeltest.Remainders }

func (remainders) Label(i int) int { return i % 3 }

func TestStepDoesNotAllocate(t *testing.T) {
	if race.Enabled {
		t.Skip("the race detector makes pools forget")
	}
	for _, threads := range []int{1, 2} {
		e := modeltest.Engine(t, kernels.AVX512, threads)
		settings := smallTraining()
		settings.Epochs = 1000
		trainer, err := labelled.NewTrainer(network(t, e, 3, 50, 40, 10), remainders{modeltest.Remainders{N: 64, Width: 50}}, settings, e)
		if err != nil {
			t.Fatal(err)
		}
		if allocs := testing.AllocsPerRun(20, func() { _, err = trainer.Step() }); allocs != 0 || err != nil {
			t.Errorf("%d threads: %v allocations a step, error %v", threads, allocs, err)
		}
	}
}

// unlabelled are bars of which every third has no label.
type unlabelled struct{ modeltest.Bars }

func (u unlabelled) Label(i int) int {
	if i%3 == 0 {
		return labelled.Missing
	}
	return u.Bars.Label(i)
}

func TestMissingLabelsAreMissing(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 2)
	share := func(data labelled.Data, rate float64) float64 {
		settings := smallTraining()
		settings.Epochs, settings.Batch, settings.MissingRate = 1, data.Len(), rate
		trainer, err := labelled.NewTrainer(network(t, e, 5, 20, 9, 6), data, settings, e)
		if err != nil {
			t.Fatal(err)
		}
		old := slices.Clone(trainer.Network.Decoder.Weights.Data)
		train(t, trainer)
		_, _, known := trainer.Learner(0)
		given := 0.0
		for i := range known.Rows {
			given += float64(known.Row(i)[0])
		}
		if learned := modeltest.FirstDifference(old, trainer.Network.Decoder.Weights.Data) >= 0; learned != (given > 0) {
			t.Errorf("%v labels are given; that g_y learned is %v", given, learned)
		}
		return given / float64(known.Rows)
	}
	bars := modeltest.Bars{N: 600, Width: 20}
	for rate, want := range map[float64]float64{0: 1, 0.3: 0.7, 1: 0} {
		if got := share(bars, rate); math.Abs(got-want) > 4*math.Sqrt(want*(1-want)/600) {
			t.Errorf("rate %v: a share of %v is given, want %v", rate, got, want)
		}
	}
	if got, want := share(unlabelled{bars}, 0), 2.0/3; math.Abs(got-want) > 1e-9 {
		t.Errorf("a share of %v is given where a third has no label", got)
	}
}

func TestDivergenceStops(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 1)
	settings := smallTraining()
	settings.Optimizer = kernels.Optimizer{Rule: kernels.SGD, Rate: 1e30}
	trainer, err := labelled.NewTrainer(network(t, e, 5, 30, 21, 13), modeltest.Bars{N: 50, Width: 30}, settings, e)
	if err != nil {
		t.Fatal(err)
	}
	for !trainer.Done() {
		if _, err = trainer.Step(); err != nil {
			break
		}
	}
	if !errors.Is(err, model.ErrDiverged) {
		t.Fatalf("error %v, want model.ErrDiverged", err)
	}
}

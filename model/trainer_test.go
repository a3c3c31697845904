package model_test

import (
	"errors"
	"math"
	"slices"
	"testing"
	"time"

	"github.com/targetprop/targetprop/internal/race"
	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model"
	"github.com/targetprop/targetprop/model/internal/modeltest"
	"github.com/targetprop/targetprop/model/internal/tensors"
)

func smallTraining() model.Training {
	s := model.DefaultTraining()
	s.Epochs, s.Batch, s.Inference.Iterations = 2, 16, 4
	return s
}

// TestStepIsLocalGradientDescent checks one M-step of plain gradient descent
// against gradients of the local losses taken numerically in float64.
func TestStepIsLocalGradientDescent(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 2)
	n := modeltest.Network(t, e, 12, 9, 5)
	data := modeltest.Bars{N: 10, Width: 12}
	settings := smallTraining()
	settings.Batch = 10
	settings.Optimizer = kernels.Optimizer{Rule: kernels.SGD, Rate: 0.01}
	trainer, err := model.NewTrainer(n, data, settings, e)
	if err != nil {
		t.Fatal(err)
	}
	var before []modeltest.SlowMap
	for _, m := range n.Maps() {
		before = append(before, modeltest.NewSlowMap(m))
	}
	if _, err := trainer.Step(); err != nil {
		t.Fatal(err)
	}
	for i, m := range n.Maps() {
		_, corrupted, target := trainer.Learner(i)
		loss := func(s modeltest.SlowMap) float64 {
			var total float64
			for b := range 10 {
				y := s.Apply(modeltest.Wide(corrupted.Row(b)))
				for j, v := range modeltest.Wide(target.Row(b)) {
					total += (y[j] - v) * (y[j] - v)
				}
			}
			return total / 10
		}
		if got, want := trainer.Losses()[i], loss(before[i]); !modeltest.Near(got, want, 1e-5) {
			t.Errorf("%s: loss %v, want %v", tensors.MapName(i), got, want)
		}
		after := modeltest.NewSlowMap(m)
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
				t.Fatalf("%s: %s became %v, want %v from %v", tensors.MapName(i), name, after, want, old)
			}
		}
		for j := range before[i].Bias {
			check("bias", &before[i].Bias[j], after.Bias[j])
		}
		for r := range before[i].Weight {
			for c := range before[i].Weight[r] {
				check("weight", &before[i].Weight[r][c], after.Weight[r][c])
			}
		}
	}
}

func TestCorruptionHasItsMoments(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 1)
	n := modeltest.Network(t, e, 100, 80, 60)
	settings := smallTraining()
	settings.Batch = 400
	trainer, err := model.NewTrainer(n, modeltest.Bars{N: 400, Width: 100}, settings, e)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := trainer.Step(); err != nil {
		t.Fatal(err)
	}
	// f1, g1, f2: Gaussian of 0.5, 0.3, 0.5; g2: mean of three draws.
	for i, std := range []float64{0.5, 0.3, 0.5, 0} {
		input, corrupted, _ := trainer.Learner(i)
		var sum, square, expected float64
		count := 0.0
		for b := range corrupted.Rows {
			clean := input.Row(b)
			for j, v := range corrupted.Row(b) {
				d := float64(v - clean[j])
				sum, square, count = sum+d, square+d*d, count+1
				expected += float64(clean[j]) * float64(1-clean[j]) / 3
				if k := 3 * float64(v); std == 0 && math.Abs(k-math.Round(k)) > 1e-6 {
					t.Fatalf("%s: input %v is no mean of three draws", tensors.MapName(i), v)
				}
			}
		}
		if std > 0 {
			expected = std * std * count
		}
		if math.Abs(sum/count) > 0.01 || !modeltest.Near(square/expected, 1, 0.02) {
			t.Errorf("%s: corruption has mean %v and variance %v, want 0 and %v", tensors.MapName(i), sum/count, square/count, expected/count)
		}
	}
}

// TestSameBitsEverywhere trains with every instruction set and several numbers
// of threads; batches do not divide the data.
func TestSameBitsEverywhere(t *testing.T) {
	modeltest.SameBits(t, func(e *kernels.Engine) []float32 {
		n := modeltest.Network(t, e, 30, 21, 13)
		data := modeltest.Bars{N: 50, Width: 30}
		trainer, err := model.NewTrainer(n, data, smallTraining(), e)
		if err != nil {
			t.Fatal(err)
		}
		modeltest.Train(t, trainer)
		if err := n.EstimatePrior(t.Context(), e, data, trainer.Settings.Inference, nil); err != nil {
			t.Fatal(err)
		}
		samples, err := n.Generate(t.Context(), e, 20, model.DefaultSampling(), nil)
		if err != nil {
			t.Fatal(err)
		}
		return slices.Concat(modeltest.Parameters(n), n.Prior.Mean, n.Prior.Std, samples.Data)
	})
}

// hesitant takes its time to read some examples, so that a thread that has others is done
// long before and takes some of them over.
type hesitant struct{ modeltest.Bars }

func (h hesitant) Read(i int, dst []float32) {
	if i%32 == 0 {
		time.Sleep(5 * time.Millisecond)
	}
	h.Bars.Read(i, dst)
}

func TestSameBitsHandedOver(t *testing.T) {
	run := func(threads int) []float32 {
		e := modeltest.Engine(t, kernels.AVX512, threads)
		n := modeltest.Network(t, e, 30, 21, 13)
		settings := smallTraining()
		settings.Batch = 96
		trainer, err := model.NewTrainer(n, hesitant{modeltest.Bars{N: 200, Width: 30}}, settings, e)
		if err != nil {
			t.Fatal(err)
		}
		modeltest.Train(t, trainer)
		return append(modeltest.Parameters(n), float32(trainer.Losses()[0]))
	}
	want := run(1)
	for _, threads := range []int{2, 3} {
		if i := modeltest.FirstDifference(run(threads), want); i >= 0 {
			t.Errorf("%d threads: number %d differs from one thread", threads, i)
		}
	}
}

func TestStepDoesNotAllocate(t *testing.T) {
	if race.Enabled {
		t.Skip("the race detector makes pools forget")
	}
	for _, threads := range []int{1, 2} {
		e := modeltest.Engine(t, kernels.AVX512, threads)
		n := modeltest.Network(t, e, 50, 40, 10)
		settings := smallTraining()
		settings.Epochs = 1000
		trainer, err := model.NewTrainer(n, modeltest.Remainders{N: 64, Width: 50}, settings, e)
		if err != nil {
			t.Fatal(err)
		}
		if allocs := testing.AllocsPerRun(20, func() { _, err = trainer.Step() }); allocs != 0 || err != nil {
			t.Errorf("%d threads: %v allocations a step, error %v", threads, allocs, err)
		}
	}
}

func TestTrainingLowersTheLosses(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 2)
	n := modeltest.Network(t, e, 30, 40, 10)
	settings := smallTraining()
	settings.Epochs, settings.Optimizer.Rate = 30, 1e-3
	trainer, err := model.NewTrainer(n, modeltest.Bars{N: 200, Width: 30}, settings, e)
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
	e := modeltest.Engine(t, kernels.AVX512, 1)
	settings := smallTraining()
	settings.Optimizer = kernels.Optimizer{Rule: kernels.SGD, Rate: 1e30}
	trainer, err := model.NewTrainer(modeltest.Network(t, e, 30, 21, 13), modeltest.Bars{N: 50, Width: 30}, settings, e)
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

package measure_test

import (
	"errors"
	"math"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/targetprop/targetprop/internal/caught"
	"github.com/targetprop/targetprop/internal/grouptest"
	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model"
	"github.com/targetprop/targetprop/model/credit"
	"github.com/targetprop/targetprop/model/feedforward"
	"github.com/targetprop/targetprop/model/internal/modeltest"
	"github.com/targetprop/targetprop/model/labelled"
	"github.com/targetprop/targetprop/model/mask"
	"github.com/targetprop/targetprop/model/measure"
	"github.com/targetprop/targetprop/model/reward"
	"github.com/targetprop/targetprop/model/variational"
)

// examples are how many the sets of these tests have: more than are taken at a time anywhere.
const examples = 9000

// users are the ways to read examples of 30 numbers.
func users(t *testing.T, data model.Data) map[string]func() error {
	e, ctx := modeltest.Engine(t, kernels.AVX512, 2), t.Context()
	good := modeltest.Bars{N: 50, Width: 30}
	n, images, masks := modeltest.Network(t, e, 30, 8, 4), modeltest.Images(good, 0, 9), []mask.Mask{make(mask.Mask, 30)}
	ff, err := feedforward.New(feedforward.DefaultConfig(feedforward.Softmax, 30, 8, 5), 1, e)
	if err != nil {
		t.Fatal(err)
	}
	values, err := feedforward.New(feedforward.DefaultConfig(feedforward.Linear, 30, 8, 5), 1, e)
	if err != nil {
		t.Fatal(err)
	}
	ln, err := labelled.New(labelled.DefaultConfig(5, 30, 8, 4), 1, e)
	if err != nil {
		t.Fatal(err)
	}
	labels := make([]uint8, data.Len())
	for i := range labels {
		labels[i] = uint8(i % 5)
	}
	classes, infer := labelled.Examples{Data: data, Labels: labels}, model.TrainInference()
	pairs := feedforward.Labelled{Data: data, Labels: labels}
	return map[string]func() error{
		"Train":               func() error { return n.Train(ctx, e, data, model.DefaultTraining(), nil) },
		"Features":            func() error { _, err := n.Features(ctx, e, data, 1, infer, nil); return err },
		"EstimatePrior":       func() error { return n.EstimatePrior(ctx, e, data, infer, nil) },
		"ReconstructionError": func() error { _, err := n.ReconstructionError(ctx, e, data, examples, infer); return err },
		"Trace":               func() error { _, err := measure.Trace(ctx, e, n, data, measure.DefaultTracing(), nil); return err },
		"TargetpropAgreement": func() error { _, err := measure.TargetpropAgreement(ctx, e, n, data, infer, nil); return err },
		"KMeans":              func() error { _, err := measure.KMeans(ctx, e, data, 3, 2, 1, nil); return err },
		"Parzen, validation":  func() error { _, err := measure.EstimateParzen(ctx, e, images, data, good, nil); return err },
		"Parzen, test":        func() error { _, err := measure.EstimateParzen(ctx, e, images, good, data, nil); return err },
		"copies": func() error {
			_, err := measure.EstimateCopies(ctx, e, images, data, measure.CopyThreshold{}, nil)
			return err
		},
		"threshold":   func() error { _, err := measure.EstimateCopyThreshold(ctx, e, good, data, nil); return err },
		"MeanFill":    func() error { _, err := measure.MeanFill(data, images, masks); return err },
		"NearestFill": func() error { _, err := measure.NearestFill(ctx, e, data, images, masks, nil); return err },
		"Predict":     func() error { _, err := ff.Predict(ctx, e, pairs, nil); return err },
		"Classify":    func() error { _, err := ln.Classify(ctx, e, classes, labelled.ClassifyInference(), nil); return err },
		"priors":      func() error { return ln.EstimatePriors(ctx, e, classes, labelled.DefaultTraining().Inference, nil) },
		"labelled": steps(func() (*labelled.Trainer, error) {
			return labelled.NewTrainer(ln, classes, labelled.DefaultTraining(), e)
		}),
		"variational": steps(func() (*variational.Trainer, error) {
			return variational.NewTrainer(n, data, variational.DefaultTraining(), e)
		}),
		"credit": steps(func() (*credit.Trainer, error) {
			return credit.NewTrainer(ff, pairs, credit.DefaultTraining(credit.Backprop), e)
		}),
		"reward": steps(func() (*reward.Trainer, error) {
			return reward.NewTrainer(values, pairs, reward.DefaultTraining(credit.Backprop), e)
		}),
	}
}

// steps makes two steps of a new trainer.
func steps[T interface{ Step() (R, error) }, R any](make func() (T, error)) func() error {
	return func() error {
		trainer, err := make()
		for range 2 {
			if err == nil {
				_, err = trainer.Step()
			}
		}
		return err
	}
}

// TestCut: whatever reads examples returns the error of a set that can not be read any more.
func TestCut(t *testing.T) {
	for name, use := range users(t, modeltest.Cut{Bars: modeltest.Bars{N: examples, Width: 30}}) {
		if err := use(); !errors.Is(err, modeltest.ErrCut) {
			t.Errorf("%s: error %v", name, err)
		}
	}
}

// changing are examples of which there are others as soon as one is read.
type changing struct {
	modeltest.Bars
	read *atomic.Bool
}

func (c changing) Len() int {
	if c.read.Load() {
		return c.N - 1
	}
	return c.N
}

func (c changing) Read(i int, dst []float32) {
	c.read.Store(true)
	c.Bars.Read(i, dst)
}

// TestLenChanges: whatever reads examples says so if they become more or fewer in the meantime.
func TestLenChanges(t *testing.T) {
	data := changing{modeltest.Bars{N: examples, Width: 30}, new(atomic.Bool)}
	for name, use := range users(t, data) {
		data.read.Store(false)
		if err := use(); err == nil || !strings.Contains(err.Error(), "a data set's Len changed from 9000 to 8999") {
			t.Errorf("%s: error %v", name, err)
		}
	}
}

// fickle are examples whose number is another one after it was asked for so many times, by whatever goroutines.
type fickle struct {
	modeltest.Bars
	calls       atomic.Int64
	after, then int
}

func (f *fickle) Len() int {
	if f.calls.Add(1) > int64(f.after) {
		return f.then
	}
	return f.N
}

// TestLenIsFickle: whenever the examples become more or fewer, or cannot be, nothing fails with words of the runtime.
func TestLenIsFickle(t *testing.T) {
	for _, then := range []int{49, 51, 0, -1, math.MaxInt} {
		for after := range 12 {
			data := &fickle{Bars: modeltest.Bars{N: 50, Width: 30}, after: math.MaxInt, then: then}
			for name, use := range users(t, data) {
				data.calls.Store(0)
				data.after = after
				if reason := caught.Panic(func() { _ = use() }); reason != "" {
					t.Errorf("%s, %d examples after %d calls: panic %q", name, then, after, reason)
				}
			}
			data.calls.Store(0)
			if reason := caught.Panic(func() { measure.Sample(data, 3, 1) }); reason != "" && !strings.HasPrefix(reason, "model: ") {
				t.Errorf("Sample, %d examples after %d calls: panic %q", then, after, reason)
			}
		}
	}
}

// TestCutInGroups: as [TestCut], in all processes of a group, whose examples are fetched for all of them.
func TestCutInGroups(t *testing.T) {
	cut, ctx := modeltest.Cut{Bars: modeltest.Bars{N: 50, Width: 30}}, t.Context()
	for _, size := range []int{2, 3} {
		grouptest.Together(t, size, func(g grouptest.Member) error {
			e := modeltest.Engine(t, kernels.AVX512, 1)
			n := modeltest.Network(t, e, 30, 8, 4)
			n.Group = g
			if _, err := n.ReconstructionError(ctx, e, cut, 20, model.TrainInference()); !errors.Is(err, modeltest.ErrCut) {
				t.Errorf("ReconstructionError: error %v", err)
			}
			if _, err := measure.KMeans(ctx, e, cut, 3, 2, 1, nil, measure.In(g)); !errors.Is(err, modeltest.ErrCut) {
				t.Errorf("KMeans: error %v", err)
			}
			return nil
		})
	}
}

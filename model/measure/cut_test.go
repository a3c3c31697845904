package measure_test

import (
	"errors"
	"testing"

	"github.com/targetprop/targetprop/internal/grouptest"
	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model"
	"github.com/targetprop/targetprop/model/feedforward"
	"github.com/targetprop/targetprop/model/internal/modeltest"
	"github.com/targetprop/targetprop/model/labelled"
	"github.com/targetprop/targetprop/model/mask"
	"github.com/targetprop/targetprop/model/measure"
	"github.com/targetprop/targetprop/model/variational"
)

// TestCut: whatever reads examples returns the error of a set that can not be read any more.
func TestCut(t *testing.T) {
	e, ctx := modeltest.Engine(t, kernels.AVX512, 2), t.Context()
	good, cut := modeltest.Bars{N: 50, Width: 30}, modeltest.Cut{Bars: modeltest.Bars{N: 50, Width: 30}}
	n, images, masks := modeltest.Network(t, e, 30, 8, 4), modeltest.Images(good, 0, 9), []mask.Mask{make(mask.Mask, 30)}
	ff, err := feedforward.New(feedforward.DefaultConfig(feedforward.Softmax, 30, 8, 5), 1, e)
	if err != nil {
		t.Fatal(err)
	}
	ln, err := labelled.New(labelled.DefaultConfig(5, 30, 8, 4), 1, e)
	if err != nil {
		t.Fatal(err)
	}
	labels := make([]uint8, 50)
	for i := range labels {
		labels[i] = uint8(i % 5)
	}
	classes, infer := labelled.Examples{Data: cut, Labels: labels}, model.TrainInference()
	for name, use := range map[string]func() error{
		"Train":               func() error { return n.Train(ctx, e, cut, model.DefaultTraining(), nil) },
		"Features":            func() error { _, err := n.Features(ctx, e, cut, 1, infer, nil); return err },
		"EstimatePrior":       func() error { return n.EstimatePrior(ctx, e, cut, infer, nil) },
		"ReconstructionError": func() error { _, err := n.ReconstructionError(ctx, e, cut, 20, infer); return err },
		"Trace":               func() error { _, err := measure.Trace(ctx, e, n, cut, measure.DefaultTracing(), nil); return err },
		"TargetpropAgreement": func() error { _, err := measure.TargetpropAgreement(ctx, e, n, cut, infer, nil); return err },
		"KMeans":              func() error { _, err := measure.KMeans(ctx, e, cut, 3, 2, 1, nil); return err },
		"Parzen, validation":  func() error { _, err := measure.EstimateParzen(ctx, e, images, cut, good, nil); return err },
		"Parzen, test":        func() error { _, err := measure.EstimateParzen(ctx, e, images, good, cut, nil); return err },
		"copies": func() error {
			_, err := measure.EstimateCopies(ctx, e, images, cut, measure.CopyThreshold{}, nil)
			return err
		},
		"threshold":   func() error { _, err := measure.EstimateCopyThreshold(ctx, e, good, cut, nil); return err },
		"MeanFill":    func() error { _, err := measure.MeanFill(cut, images, masks); return err },
		"NearestFill": func() error { _, err := measure.NearestFill(ctx, e, cut, images, masks, nil); return err },
		"Predict": func() error {
			_, err := ff.Predict(ctx, e, feedforward.Labelled{Data: cut, Labels: labels}, nil)
			return err
		},
		"Classify": func() error { _, err := ln.Classify(ctx, e, classes, labelled.ClassifyInference(), nil); return err },
		"priors":   func() error { return ln.EstimatePriors(ctx, e, classes, labelled.DefaultTraining().Inference, nil) },
		"labelled": func() error {
			trainer, err := labelled.NewTrainer(ln, classes, labelled.DefaultTraining(), e)
			if err == nil {
				_, err = trainer.Step()
			}
			return err
		},
		"variational": func() error {
			trainer, err := variational.NewTrainer(n, cut, variational.DefaultTraining(), e)
			if err == nil {
				_, err = trainer.Step()
			}
			return err
		},
	} {
		if err := use(); !errors.Is(err, modeltest.ErrCut) {
			t.Errorf("%s: error %v", name, err)
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

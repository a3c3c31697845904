package measure_test

import (
	"runtime/debug"
	"strings"
	"testing"

	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model"
	"github.com/targetprop/targetprop/model/feedforward"
	"github.com/targetprop/targetprop/model/internal/modeltest"
	"github.com/targetprop/targetprop/model/labelled"
	"github.com/targetprop/targetprop/model/mask"
	"github.com/targetprop/targetprop/model/measure"
)

// TestTooMany: what is held for each example or sample, and does not fit in memory, is refused before it is begun.
func TestTooMany(t *testing.T) {
	const n = 100_000_000
	e, ctx := modeltest.Engine(t, kernels.AVX512, 1), t.Context()
	many, infer := modeltest.Bars{N: n, Width: 1}, model.TrainInference()
	network := modeltest.Network(t, e, 1, 3, 2)
	network.Prior = model.Prior{Mean: make([]float32, 2), Std: make([]float32, 2)}
	ff, err := feedforward.New(feedforward.DefaultConfig(feedforward.Linear, 1, 3, 2), 1, e)
	if err != nil {
		t.Fatal(err)
	}
	ln, err := labelled.New(labelled.DefaultConfig(2, 1, 3, 2), 1, e)
	if err != nil {
		t.Fatal(err)
	}
	ln.Shares, ln.Priors = []float32{0.5, 0.5}, []model.Prior{network.Prior, network.Prior}
	one, few := kernels.NewMatrix(1, 1), modeltest.Bars{N: 9, Width: 1}
	classes := make([]int, n/100)
	wide, wideOne, hidden := modeltest.Bars{N: 9000, Width: 10000}, kernels.NewMatrix(1, 10000), []mask.Mask{make(mask.Mask, 10000)}
	defer debug.SetMemoryLimit(debug.SetMemoryLimit(33 << 20))
	for name, use := range map[string]func() error{
		"Generate":            func() error { _, err := network.Generate(ctx, e, n/100, model.DirectedSampling(), nil); return err },
		"Features":            func() error { _, err := network.Features(ctx, e, many, 2, infer, nil); return err },
		"ReconstructionError": func() error { _, err := network.ReconstructionError(ctx, e, many, n, infer); return err },
		"NewTrainer":          func() error { _, err := model.NewTrainer(network, many, model.DefaultTraining(), e); return err },
		"Predict":             func() error { _, err := ff.Predict(ctx, e, many, nil); return err },
		"Classify":            func() error { _, err := ln.Classify(ctx, e, many, labelled.ClassifyInference(), nil); return err },
		"labelled.Generate":   func() error { _, err := ln.Generate(ctx, e, classes, labelled.DefaultSampling(), nil); return err },
		"DrawClasses":         func() error { _, err := ln.DrawClasses(n, 1); return err },
		"KMeans":              func() error { _, err := measure.KMeans(ctx, e, many, 3, 2, 1, nil); return err },
		"Parzen":              func() error { _, err := measure.EstimateParzen(ctx, e, one, few, many, nil); return err },
		"NearestFill":         func() error { _, err := measure.NearestFill(ctx, e, wide, wideOne, hidden, nil); return err },
		"wide copies":         func() error { _, err := measure.EstimateCopyThreshold(ctx, e, wide, wide, nil); return err },
		"copies":              func() error { _, err := measure.EstimateCopyThreshold(ctx, e, few, many, nil); return err },
	} {
		if err := use(); err == nil || !strings.Contains(err.Error(), "GB of memory") {
			t.Errorf("%s: error %v", name, err)
		}
	}
}

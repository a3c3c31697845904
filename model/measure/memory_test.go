package measure_test

import (
	"runtime"
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
	wide, wideTwo := modeltest.Bars{N: 9000, Width: 40000}, modeltest.Bars{N: 2, Width: 40000}
	wideOne, hidden := kernels.NewMatrix(1, 40000), []mask.Mask{make(mask.Mask, 40000)}
	some := kernels.NewMatrix(250, 40000) // 40 MB
	classifying := measure.DefaultClassifying()
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
		"k-means, wide":       func() error { _, err := measure.KMeans(ctx, e, wide, 3, 2, 1, nil); return err },
		"Parzen, wide":        func() error { _, err := measure.EstimateParzen(ctx, e, some, wide, wide, nil); return err },
		"precision, wide":     func() error { _, err := measure.EstimatePrecisionRecall(ctx, e, some, some, 3, nil); return err },
		"wide samples":        func() error { _, err := measure.EstimateParzen(ctx, e, wideOne, wide, wide, nil); return err },
		"wide to fill in": func() error {
			_, err := measure.NearestFill(ctx, e, wideTwo, some.Slice(0, 100), hidden, nil)
			return err
		},
		"wide held out":    func() error { _, err := measure.EstimateCopyThreshold(ctx, e, wideTwo, wide, nil); return err },
		"MeanFill":         func() error { _, err := measure.MeanFill(wide, wideOne, hidden); return err },
		"MeanFill of many": func() error { _, err := measure.MeanFill(wideTwo, some, hidden); return err },
		"classifier": func() error {
			_, err := measure.TrainClassifier(ctx, e, some, make([]uint8, 250), 200, classifying, nil)
			return err
		},
		"agreement":   func() error { _, err := measure.TargetpropAgreement(ctx, e, network, many, infer, nil); return err },
		"NearestFill": func() error { _, err := measure.NearestFill(ctx, e, wide, wideOne, hidden, nil); return err },
		"wide copies": func() error { _, err := measure.EstimateCopyThreshold(ctx, e, wide, wide, nil); return err },
		"copies":      func() error { _, err := measure.EstimateCopyThreshold(ctx, e, few, many, nil); return err },
	} {
		if err := use(); err == nil || !strings.Contains(err.Error(), "GB of memory") {
			t.Errorf("%s: error %v", name, err)
		}
	}
}

// TestFewLargeImages: what is held for the examples that are compared at a time is for as many as there are. It was for 256 of them.
func TestFewLargeImages(t *testing.T) {
	const dim = 1 << 18
	e, ctx := modeltest.Engine(t, kernels.AVX512, 1), t.Context()
	images, masks := kernels.NewMatrix(3, dim), []mask.Mask{make(mask.Mask, dim)}
	for i := range images.Data {
		images.Data[i] = float32(i%13) / 7
	}
	data := model.Rows{Matrix: images}
	for name, use := range map[string]func() error{
		"copies":      func() error { _, err := measure.EstimateCopyThreshold(ctx, e, data, data, nil); return err },
		"precision":   func() error { _, err := measure.EstimatePrecisionRecall(ctx, e, images, images, 1, nil); return err },
		"KMeans":      func() error { _, err := measure.KMeans(ctx, e, data, 2, 1, 1, nil); return err },
		"Parzen":      func() error { _, err := measure.EstimateParzen(ctx, e, images, data, data, nil); return err },
		"NearestFill": func() error { _, err := measure.NearestFill(ctx, e, data, images, masks, nil); return err },
		"Classify": func() error {
			c, err := measure.TrainClassifier(ctx, e, images, []uint8{0, 1, 0}, 2, measure.DefaultClassifying(), nil)
			if err == nil {
				c.Classify(e, images)
			}
			return err
		},
	} {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		err := use()
		runtime.ReadMemStats(&after)
		if most := uint64(200 << 20); err != nil || after.TotalAlloc-before.TotalAlloc > most { // 256 images are 268 MB
			t.Errorf("%s: %d MB for images of 3 MB, want %d at most; error %v", name, (after.TotalAlloc-before.TotalAlloc)>>20, most>>20, err)
		}
	}
}

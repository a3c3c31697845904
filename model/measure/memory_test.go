package measure_test

import (
	"math"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"testing"

	"github.com/targetprop/targetprop/internal/memory"
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

// classes are examples of two classes.
type classes struct{ model.Data }

func (classes) Label(i int) int { return i % 2 }

// TestTooLarge: a network, and what trains it by too many examples at a time, is refused before it is made.
func TestTooLarge(t *testing.T) {
	const n = 100_000
	e := modeltest.Engine(t, kernels.AVX512, 1)
	data := modeltest.Bars{N: n, Width: 1}
	network := modeltest.Network(t, e, 1, 40, 20)
	classifier, err := feedforward.New(feedforward.DefaultConfig(feedforward.Logistic, 1, 40, 2), 1, e)
	if err != nil {
		t.Fatal(err)
	}
	labelling, err := labelled.New(labelled.DefaultConfig(2, 1, 40, 20), 1, e)
	if err != nil {
		t.Fatal(err)
	}
	examples, err := feedforward.NewLabelled(data, make([]uint8, n), 2)
	if err != nil {
		t.Fatal(err)
	}
	training, labels, steps := model.DefaultTraining(), labelled.DefaultTraining(), variational.DefaultTraining()
	rule, choices := credit.DefaultTraining(credit.DifferenceTargets), reward.DefaultTraining(credit.Backprop)
	learner, err := credit.NewLearner(classifier, rule, e)
	if err != nil {
		t.Fatal(err)
	}
	for _, batch := range []*int{&training.Batch, &labels.Batch, &steps.Batch, &rule.Batch, &choices.Batch} {
		*batch = n
	}
	defer debug.SetMemoryLimit(debug.SetMemoryLimit(33 << 20))
	for name, use := range map[string]func() error{
		"model.New":    func() error { _, err := model.New(model.DefaultConfig(2000, 2000), 1, e); return err },
		"labelled.New": func() error { _, err := labelled.New(labelled.DefaultConfig(256, 1, 50_000), 1, e); return err },
		"feedforward.New": func() error {
			_, err := feedforward.New(feedforward.DefaultConfig(feedforward.Linear, 3000, 3000), 1, e)
			return err
		},
		"NewZero": func() error {
			_, err := feedforward.NewZero(feedforward.DefaultConfig(feedforward.Linear, 3000, 3000))
			return err
		},
		"model.NewTrainer":       func() error { _, err := model.NewTrainer(network, data, training, e); return err },
		"labelled.NewTrainer":    func() error { _, err := labelled.NewTrainer(labelling, classes{data}, labels, e); return err },
		"variational.NewTrainer": func() error { _, err := variational.NewTrainer(network, data, steps, e); return err },
		"credit.NewTrainer":      func() error { _, err := credit.NewTrainer(classifier, examples, rule, e); return err },
		"reward.NewTrainer":      func() error { _, err := reward.NewTrainer(classifier, examples, choices, e); return err },
		"Learner.Step":           func() error { _, err := learner.Step(examples, make([]int, n)); return err },
	} {
		if err := use(); err == nil || !strings.Contains(err.Error(), "GB of memory") || !strings.Contains(err.Error(), "layers of [") {
			t.Errorf("%s: error %v", name, err)
		}
	}
}

// TestReckoned: what a trainer is reckoned to keep is what it keeps, or somewhat less.
func TestReckoned(t *testing.T) {
	const n = 1000
	e := modeltest.Engine(t, kernels.AVX512, 1)
	held := func() float64 {
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return float64(m.HeapAlloc)
	}
	for _, sizes := range [][]int{{1, 1000}, {200, 150, 100, 50}} {
		data, withClasses := modeltest.Bars{N: n, Width: sizes[0]}, append(slices.Clone(sizes), 2)
		examples, err := feedforward.NewLabelled(data, make([]uint8, n), 2)
		if err != nil {
			t.Fatal(err)
		}
		classifier, err := feedforward.New(feedforward.DefaultConfig(feedforward.Softmax, withClasses...), 1, e)
		if err != nil {
			t.Fatal(err)
		}
		labelling, err := labelled.New(labelled.DefaultConfig(2, sizes...), 1, e)
		if err != nil {
			t.Fatal(err)
		}
		network := modeltest.Network(t, e, sizes...)
		training, labels, rule := model.DefaultTraining(), labelled.DefaultTraining(), credit.DefaultTraining(credit.Backprop)
		training.Batch, labels.Batch, rule.Batch = n, n, n
		training.Inference.Iterations, labels.Inference.Iterations = 1, 1
		for name, c := range map[string]struct {
			sizes []int
			down  bool
			make  func() (interface{ Step() (int, error) }, error)
		}{
			"model": {sizes, true, func() (interface{ Step() (int, error) }, error) { return model.NewTrainer(network, data, training, e) }},
			"labelled": {withClasses, true, func() (interface{ Step() (int, error) }, error) {
				return labelled.NewTrainer(labelling, classes{data}, labels, e)
			}},
			"credit": {withClasses, false, func() (interface{ Step() (int, error) }, error) {
				return credit.NewTrainer(classifier, examples, rule, e)
			}},
		} {
			before := held()
			trainer, err := c.make()
			if err != nil {
				t.Fatal(err)
			}
			if _, err := trainer.Step(); err != nil {
				t.Fatal(err)
			}
			got := held() - before
			runtime.KeepAlive(trainer)
			weights, _ := memory.Weights(c.sizes, c.down)
			if want := 2*weights + n*memory.Example(c.sizes, c.down); want > 1.02*got || want < 0.8*got {
				t.Errorf("%s, layers of %v: %.1f MB, reckoned are %.1f", name, sizes, got/1e6, want/1e6)
			}
		}
	}
}

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
		// Where an int has 32 bits so many can not be counted.
		if err := use(); err == nil || !strings.Contains(err.Error(), "GB of memory") && (math.MaxInt > math.MaxInt32 || !strings.Contains(err.Error(), "want 0 to 33554431")) {
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

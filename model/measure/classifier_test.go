package measure

import (
	"context"
	"errors"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model"
	"github.com/targetprop/targetprop/model/internal/modeltest"
	"github.com/targetprop/targetprop/model/internal/random"
)

// TestClassifierStepIsGradientDescent checks one step on all examples against
// the numerical gradient of the mean cross-entropy in float64.
func TestClassifierStepIsGradientDescent(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 2)
	const examples, dim, classes = 11, 5, 3
	features := random.Uniform(examples, dim, 1)
	var labels []uint8
	for i := range examples {
		labels = append(labels, uint8(i*i%classes))
	}
	// The mean and scale of the features, from their definition.
	mean := make([]float64, dim)
	for x := range modeltest.Rows(features) {
		for j, v := range x {
			mean[j] += float64(v) / examples
		}
	}
	var square float64
	for x := range modeltest.Rows(features) {
		for j, v := range x {
			square += (float64(v) - mean[j]) * (float64(v) - mean[j]) / (examples * dim)
		}
	}
	crossEntropy := func(w [][]float64) float64 {
		var total float64
		for i, x := range slices.Collect(modeltest.Rows(features)) {
			z := slices.Clone(w[0])
			for j, v := range x {
				for c := range z {
					z[c] += (float64(v) - mean[j]) / math.Sqrt(square) * w[1+j][c]
				}
			}
			var sum float64
			for _, v := range z {
				sum += math.Exp(v)
			}
			total += math.Log(sum) - z[labels[i]]
		}
		return total / examples
	}
	settings := DefaultClassifying()
	settings.Batch = examples
	// With momentum 0 the rate falls from 0.5 to 0.25 in two epochs.
	settings.Epochs, settings.Optimizer = 2, kernels.Optimizer{Rule: kernels.SGD, Rate: 0.5}
	c, err := TrainClassifier(t.Context(), e, features, labels, classes, settings, nil)
	if err != nil {
		t.Fatal(err)
	}
	want := make([][]float64, 1+dim)
	for i := range want {
		want[i] = make([]float64, classes)
	}
	for _, rate := range []float64{0.5, 0.25} {
		next := make([][]float64, len(want))
		for i := range want {
			next[i] = slices.Clone(want[i])
			for j := range want[i] {
				const h = 1e-5
				old := want[i][j]
				want[i][j] = old + h
				up := crossEntropy(want)
				want[i][j] = old - h
				down := crossEntropy(want)
				want[i][j] = old
				next[i][j] = old - rate*(up-down)/(2*h)
			}
		}
		want = next
	}
	for i := range want {
		for j := range want[i] {
			if got := c.weights.Data[c.weights.Index(i, j)]; math.Abs(float64(got)-want[i][j]) > 1e-6 {
				t.Errorf("weight %d, %d became %v, want %v", i, j, got, want[i][j])
			}
		}
	}
}

// corners are points in as many clouds as there are classes, each along an axis
// of its own, and their labels.
func corners(n, classes int, seed uint64) (kernels.Matrix, []uint8) {
	m := random.Uniform(n, classes, seed)
	labels := make([]uint8, n)
	for i := range n {
		labels[i] = uint8(i % classes)
		m.Row(i)[i%classes] += 1.5
	}
	return m, labels
}

func TestClassifierSeparatesWhatIsSeparable(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 2)
	features, labels := corners(500, 10, 1)
	epochs := 0
	c, err := TrainClassifier(t.Context(), e, features, labels, 10, DefaultClassifying(), func(done int) { epochs = done })
	if err != nil {
		t.Fatal(err)
	}
	if epochs != DefaultClassifying().Epochs {
		t.Errorf("progress ends at %d", epochs)
	}
	fresh, freshLabels := corners(700, 10, 2)
	if share, stdErr := c.Accuracy(e, fresh, freshLabels); share != 1 || stdErr != 0 {
		t.Errorf("accuracy %v +- %v on separable data, want 1", share, stdErr)
	}
	// Labels that have nothing to do with the features are guessed.
	for i := range freshLabels {
		freshLabels[i] = uint8(i / 7 % 10)
	}
	if share, stdErr := c.Accuracy(e, fresh, freshLabels); share > 0.1+4*stdErr || !modeltest.Near(stdErr, math.Sqrt(share*(1-share)/700), 1e-12) {
		t.Errorf("accuracy %v +- %v for unrelated labels, want 0.1", share, stdErr)
	}
}

func TestClassifierCannotSolveXor(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 1)
	features := random.Uniform(1000, 2, 1)
	var labels []uint8
	for x := range modeltest.Rows(features) {
		label := uint8(0)
		if (x[0] > 0.5) != (x[1] > 0.5) {
			label = 1
		}
		labels = append(labels, label)
	}
	accuracy := func(features kernels.Matrix) float64 {
		c, err := TrainClassifier(t.Context(), e, features, labels, 2, DefaultClassifying(), nil)
		if err != nil {
			t.Fatal(err)
		}
		share, _ := c.Accuracy(e, features, labels)
		return share
	}
	if got := accuracy(features); got > 0.75 {
		t.Errorf("accuracy %v of a linear classifier on exclusive or", got)
	}
	product := kernels.NewMatrix(1000, 3)
	for i := range 1000 {
		x := features.Row(i)
		copy(product.Row(i), []float32{x[0], x[1], (x[0] - 0.5) * (x[1] - 0.5) * 4})
	}
	if got := accuracy(product); got < 0.95 {
		t.Errorf("accuracy %v with the feature that makes it plain", got)
	}
}

func TestClassifierHasTheSameBitsEverywhere(t *testing.T) {
	features, labels := corners(130, 7, 1)
	settings := DefaultClassifying()
	settings.Epochs = 2
	modeltest.SameBits(t, func(e *kernels.Engine) []float32 {
		c, err := TrainClassifier(t.Context(), e, features, labels, 7, settings, nil)
		if err != nil {
			t.Fatal(err)
		}
		return c.weights.Data
	})
}

func TestBadClassifying(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 1)
	n := modeltest.Network(t, e, 4, 3)
	features, labels := corners(9, 3, 1)
	good := DefaultClassifying()
	bad := good
	bad.Batch = 0
	worse := good
	worse.Epochs = -1
	worst := good
	worst.Optimizer.Rate = 0
	endless := good
	endless.Epochs = math.MaxInt/2 + 1
	explosive := good
	explosive.Optimizer = kernels.Optimizer{Rule: kernels.SGD, Rate: 3e38}
	mixed := make([]uint8, 40)
	for i := range mixed {
		mixed[i] = uint8(i % 3)
	}
	explosive.Epochs = 200
	if _, err := TrainClassifier(t.Context(), e, random.Uniform(40, 3, 1), mixed, 3, explosive, nil); !errors.Is(err, model.ErrDiverged) {
		t.Errorf("a rate of 3e38: error %v", err)
	}
	slow := good
	slow.Optimizer.Rate = math.SmallestNonzeroFloat32 // which is as much as half of it, rounded, and not 0 at the end
	if _, err := TrainClassifier(t.Context(), e, features, labels, 3, slow, nil); err != nil {
		t.Errorf("the smallest rate: %v", err)
	}
	tiny := random.Uniform(40, 3, 1)
	for i := range tiny.Data {
		tiny.Data[i] *= 0x1p-135
	}
	if _, err := TrainClassifier(t.Context(), e, tiny, mixed, 3, good, nil); err == nil || !strings.Contains(err.Error(), "vary by less") || errors.Is(err, model.ErrDiverged) {
		t.Errorf("features of 2^-135: error %v", err)
	}
	for name, try := range map[string]func() error{
		"batch":  func() error { _, err := TrainClassifier(t.Context(), e, features, labels, 3, bad, nil); return err },
		"epochs": func() error { _, err := TrainClassifier(t.Context(), e, features, labels, 3, worse, nil); return err },
		"rate":   func() error { _, err := TrainClassifier(t.Context(), e, features, labels, 3, worst, nil); return err },
		"endless": func() error {
			_, err := TrainClassifier(t.Context(), e, features, labels, 3, endless, nil)
			return err
		},
		"labels": func() error {
			_, err := TrainClassifier(t.Context(), e, features, labels[1:], 3, good, nil)
			return err
		},
		"label":   func() error { _, err := TrainClassifier(t.Context(), e, features, labels, 2, good, nil); return err },
		"classes": func() error { _, err := TrainClassifier(t.Context(), e, features, labels, 257, good, nil); return err },
		"layer": func() error {
			_, err := n.Features(t.Context(), e, modeltest.Bars{N: 3, Width: 4}, 2, model.TrainInference(), nil)
			return err
		},
		"features width": func() error {
			_, err := n.Features(t.Context(), e, modeltest.Bars{N: 3, Width: 5}, 1, model.TrainInference(), nil)
			return err
		},
		"inference": func() error {
			_, err := n.Features(t.Context(), e, modeltest.Bars{N: 3, Width: 4}, 1, model.Inference{Iterations: -1}, nil)
			return err
		},
	} {
		if try() == nil {
			t.Errorf("%s: no error", name)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := TrainClassifier(ctx, e, features, labels, 3, good, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v, want Canceled", err)
	}
	if _, err := n.Features(ctx, e, modeltest.Bars{N: 3, Width: 4}, 1, model.TrainInference(), nil); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v, want Canceled", err)
	}
}

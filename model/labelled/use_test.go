package labelled_test

import (
	"context"
	"errors"
	"math"
	"slices"
	"testing"

	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model"
	"github.com/targetprop/targetprop/model/internal/modeltest"
	"github.com/targetprop/targetprop/model/labelled"
	"github.com/targetprop/targetprop/model/mask"
)

// trained is a network that has learned bars, with its priors.
func trained(t *testing.T, e *kernels.Engine) *labelled.Network {
	t.Helper()
	n, err := labelled.New(labelled.DefaultConfig(5, 25, 32, 16), 3, e)
	if err != nil {
		t.Fatal(err)
	}
	settings := labelled.DefaultTraining()
	settings.Epochs, settings.Batch, settings.MissingRate = 40, 16, 0.3
	settings.Optimizer.Rate = 3e-3
	data := modeltest.Bars{N: 160, Width: 25}
	trainer, err := labelled.NewTrainer(n, data, settings, e)
	if err != nil {
		t.Fatal(err)
	}
	train(t, trainer)
	if err := n.EstimatePriors(t.Context(), e, data, settings.Inference, nil); err != nil {
		t.Fatal(err)
	}
	return n
}

// barOf is the bar that is brightest in an image.
func barOf(image []float32) int {
	var sums [5]float32
	for j, v := range image {
		sums[j%5] += v
	}
	return slices.Index(sums[:], slices.Max(sums[:]))
}

func TestOneNetworkDoesAll(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 2)
	n := trained(t, e)
	bars := modeltest.Bars{N: 300, Width: 25}
	images := modeltest.Images(bars, 160, 260) // not seen in training

	answers, err := n.Classify(t.Context(), e, model.Rows{Matrix: images}, labelled.ClassifyInference(), nil)
	if err != nil {
		t.Fatal(err)
	}
	wrong := 0
	for i := range answers.Rows {
		var sum float64
		for _, p := range answers.Row(i) {
			sum += float64(p)
		}
		class, p := labelled.Answer(answers.Row(i))
		if math.Abs(sum-1) > 1e-5 || p != slices.Max(answers.Row(i)) {
			t.Fatalf("image %d: probabilities %v, answer %d with %v", i, answers.Row(i), class, p)
		}
		if class != bars.Label(160+i) {
			wrong++
		}
	}
	if wrong > 2 {
		t.Errorf("%d of 100 images classified wrongly", wrong)
	}

	classes, err := n.DrawClasses(200, 1)
	if err != nil {
		t.Fatal(err)
	}
	for _, rounds := range []int{0, 2} {
		sampling := labelled.DefaultSampling()
		sampling.Rounds = rounds
		samples, err := n.Generate(t.Context(), e, classes, sampling, nil)
		if err != nil {
			t.Fatal(err)
		}
		wrong = 0
		for i, c := range classes {
			if barOf(samples.Row(i)) != c {
				wrong++
			}
		}
		if wrong > 10 {
			t.Errorf("%d rounds: %d of 200 samples are of another class", rounds, wrong)
		}
	}

	// The two bottom rows alone tell the bar.
	half := []mask.Mask{mask.Half(5, 5, mask.Top)}
	filled, err := n.Fill(t.Context(), e, images, half, nil, labelled.DefaultFilling(), nil)
	if err != nil {
		t.Fatal(err)
	}
	if got, start := squares(filled.Images, images), squares(filled.Start, images); got > 0.2*start {
		t.Errorf("filling in leaves a squared error of %v of %v", got, start)
	}
	wrong = 0
	for i := range images.Rows {
		if c, _ := labelled.Answer(filled.Probabilities.Row(i)); c != bars.Label(160+i) {
			wrong++
		}
	}
	if wrong > 5 {
		t.Errorf("%d of 100 images with missing pixels classified wrongly", wrong)
	}
}

// TestLabelGuidesFilling: of an image of which nothing is visible, the label alone
// says what it is.
func TestLabelGuidesFilling(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 1)
	n := trained(t, e)
	nothing := make(mask.Mask, 25)
	for j := range nothing {
		nothing[j] = true
	}
	labels := make([]int, 50)
	for i := range labels {
		labels[i] = i % 5
	}
	settings := labelled.DefaultFilling()
	filled, err := n.Fill(t.Context(), e, kernels.NewMatrix(50, 25), []mask.Mask{nothing}, labels, settings, nil)
	if err != nil {
		t.Fatal(err)
	}
	right := 0
	for i, c := range labels {
		if barOf(filled.Images.Row(i)) == c {
			right++
		}
	}
	if right < 40 {
		t.Errorf("%d of 50 images became what their label says", right)
	}
}

// squares is the squared distance of a and b.
func squares(a, b kernels.Matrix) float64 {
	var sum float64
	for i := range a.Rows {
		for j, v := range a.Row(i) {
			d := float64(v) - float64(b.Row(i)[j])
			sum += d * d
		}
	}
	return sum
}

func TestBadUses(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 1)
	n := network(t, e, 5, 20, 17, 6)
	if _, err := n.Generate(t.Context(), e, []int{1}, labelled.DefaultSampling(), nil); !errors.Is(err, labelled.ErrNoPrior) {
		t.Errorf("samples: error %v, want ErrNoPrior", err)
	}
	if _, err := n.DrawClasses(1, 1); !errors.Is(err, labelled.ErrNoPrior) {
		t.Errorf("classes: error %v, want ErrNoPrior", err)
	}
	bars := modeltest.Bars{N: 60, Width: 20}
	none := labelled.Inference{}
	if err := n.EstimatePriors(t.Context(), e, modeltest.Bars{N: 1, Width: 20}, none, nil); err == nil {
		t.Error("a class without examples: no error")
	}
	if err := n.EstimatePriors(t.Context(), e, bars, none, nil); err != nil {
		t.Fatal(err)
	}
	images, half := modeltest.Images(bars, 0, 3), []mask.Mask{mask.Half(5, 4, mask.Left)}
	fill := func(images kernels.Matrix, masks []mask.Mask, labels []int, change func(*labelled.Filling)) error {
		settings := labelled.DefaultFilling()
		change(&settings)
		_, err := n.Fill(t.Context(), e, images, masks, labels, settings, nil)
		return err
	}
	same := func(*labelled.Filling) {}
	sample := func(classes []int, change func(*labelled.Sampling)) error {
		settings := labelled.DefaultSampling()
		change(&settings)
		_, err := n.Generate(t.Context(), e, classes, settings, nil)
		return err
	}
	_, width := n.Classify(t.Context(), e, modeltest.Bars{N: 3, Width: 21}, none, nil)
	_, setting := n.Classify(t.Context(), e, bars, labelled.Inference{Iterations: -1}, nil)
	_, count := n.DrawClasses(-1, 1)
	for name, err := range map[string]error{
		"class below":  sample([]int{-1}, func(*labelled.Sampling) {}),
		"class above":  sample([]int{5}, func(*labelled.Sampling) {}),
		"rounds":       sample([]int{1}, func(s *labelled.Sampling) { s.Rounds = -1 }),
		"scale":        sample([]int{1}, func(s *labelled.Sampling) { s.PriorScale = float32(math.NaN()) }),
		"inference":    sample([]int{1}, func(s *labelled.Sampling) { s.Inference.Beta = 2 }),
		"fill width":   fill(modeltest.Images(modeltest.Bars{N: 3, Width: 21}, 0, 3), half, nil, same),
		"fill masks":   fill(images, nil, nil, same),
		"fill labels":  fill(images, half, []int{1}, same),
		"fill label":   fill(images, half, []int{1, 5, 2}, same),
		"fill rounds":  fill(images, half, nil, func(f *labelled.Filling) { f.Rounds = -1 }),
		"image width":  width,
		"iterations":   setting,
		"class count":  count,
		"prior labels": n.EstimatePriors(t.Context(), e, labelled.Examples{Data: bars, Labels: make([]uint8, 3)}, none, nil),
	} {
		if err == nil {
			t.Errorf("%s: no error", name)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := n.Classify(ctx, e, bars, none, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v, want Canceled", err)
	}
}

// TestPriorsInParts: priors of classes too large to be kept are the same, and progress ends with all examples.
func TestPriorsInParts(t *testing.T) {
	defer labelled.KeepStates(labelled.KeepStates(1 << 20))
	e := modeltest.Engine(t, kernels.AVX512, 2)
	data := modeltest.Bars{N: 900, Width: 30}
	priors := func() (all []float32) {
		n, last := network(t, e, 5, 30, 21, 4), 0
		if err := n.EstimatePriors(t.Context(), e, data, smallTraining().Inference, func(done int) {
			if done < last {
				t.Errorf("progress goes from %d to %d", last, done)
			}
			last = done
		}); err != nil || last != data.N {
			t.Fatalf("error %v, progress ends at %d", err, last)
		}
		for _, p := range n.Priors {
			all = slices.Concat(all, p.Mean, p.Std)
		}
		return append(all, n.Shares...)
	}
	want := priors()
	labelled.KeepStates(1)
	if got := priors(); !slices.Equal(got, want) {
		t.Errorf("priors %v, want %v", got, want)
	}
}

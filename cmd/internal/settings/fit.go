package settings

import (
	"fmt"
	"math"

	"github.com/targetprop/targetprop/dataset"
	"github.com/targetprop/targetprop/dataset/describe"
	"github.com/targetprop/targetprop/kernels"
)

// Reason is why a setting that nobody gave has its value.
type Reason struct{ Name, Value, Why string }

// RateReason says why the rate of another optimiser than the default is what it is, if
// nobody gave it.
func RateReason(s Settings, given Given) []Reason {
	if given.Has("lr") || !given.Has("optimizer") {
		return nil
	}
	why := whyTried(s)
	if g, ok := s.(*Generate); ok {
		why = whyRate(g.Training.Optimizer.Rule, g.Layers)
	}
	if why == "" {
		return nil
	}
	return []Reason{{"lr", Value(s, "lr"), why}}
}

// What the settings of a network on data that nobody tuned for follow from. Measured
// on the seven sets of package untuned; make check-defaults repeats it.
const (
	// looked are as many examples as are looked at.
	looked = 2000
	// mostWeights are those of the first map, unless it has 200 outputs: 16 bytes each in
	// training, of both maps of a pair, and as much again while a checkpoint is written.
	mostWeights = 4 << 20
	// dark is the mean, of 0 to 1, up to which images are left as they are. All
	// weights of a unit of f1 can move the same way in a step, and move it by the rate
	// times the sum of its inputs. Far from 0 that outruns the decoders, which learn as
	// slowly as the layer above is small: the top units saturate before anything is
	// learned, and all samples are alike.
	dark = 0.25
	// centredNoise is the noise for a standard deviation of 1. The authors' is 1.9
	// upwards and 1.2 downwards of that of MNIST.
	centredNoise = 0.75
	upNoise      = 1.9
	downNoise    = 1.2
	// The rate times the sum of a unit's inputs, at most: for images from -1 to 1, of
	// which half of the terms cancel, for others, and for the first hidden layer, whose
	// units are about hiddenMean.
	centredStep = 0.03
	darkStep    = 0.003
	hiddenStep  = 0.009
	hiddenMean  = 0.75
	// wideAlpha is the step of INFERENCE towards the prediction from above for examples of
	// wide numbers and more, if they are centred. With the authors' 0.001 nothing keeps the
	// first hidden layer near it there: it grows until training diverges, after 1,100 to
	// 2,200 steps on images of 3,072 and 4,096. With 0.1 it stays so near that the image is
	// lost. Images of 784 are learned with 0.001, and vary less with 0.01.
	wideAlpha = 0.01
	wide      = 1000
	// travel is rate times steps: how far a weight can come.
	travel             = 0.05
	minSteps, maxSteps = 1000, 5000
)

// Fit sets what was not given to what training images that nobody tuned for ask for.
func (s *Generate) Fit(t dataset.Images, given Given) []Reason {
	var reasons []Reason
	say := func(name, format string, args ...any) {
		reasons = append(reasons, Reason{name, Value(s, name), fmt.Sprintf(format, args...)})
	}
	some := spaced(t)
	mean, std := describe.Spread(some)
	if !given.Has("layers") {
		first := min(max(t.Len()/5/50*50, 200), max(100, 3*t.Dim()/10*10), 1000, max(200, mostWeights/max(t.Dim(), 1)/50*50))
		s.Layers = Layers{first, max(20, first/5/10*10)}
		if first >= 500 {
			s.Layers[1] = 100
		}
		say("layers", "for %d examples of %d numbers", t.Len(), t.Dim())
	}
	if !given.Has("centre") && mean > dark {
		s.Centred = true
		say("centre", "the mean is %.2g of 0 to 1; around 0 no unit saturates before it has learned", mean)
	}
	if s.Centred {
		std *= 2
	}
	std = max(std, 0.01)
	up, down := upNoise*std, downNoise*std
	if s.Centred {
		up, down = centredNoise*std, centredNoise*std
	}
	if up = min(up, float64(s.Training.UpNoise)); !given.Has("up-noise") && up < float64(s.Training.UpNoise)*0.95 {
		s.Training.UpNoise = rounded(up, 2)
		say("up-noise", "the images differ by a standard deviation of %.2g", std)
	}
	if down = min(down, float64(s.Training.DownNoise)); !given.Has("down-noise") && down < float64(s.Training.DownNoise)*0.95 {
		s.Training.DownNoise = rounded(down, 2)
		say("down-noise", "the same")
	}
	if alpha := float32(wideAlpha); s.Centred && t.Dim() >= wide && !given.Has("alpha") && s.Training.Inference.Alpha < alpha {
		s.Training.Inference.Alpha = alpha
		say("alpha", "with less, the first hidden layer leaves what the one above predicts, on examples of %d numbers", t.Dim())
	}
	if !given.Has("lr") {
		step := darkStep
		if s.Centred {
			step = centredStep
			some = some.Centred()
		}
		sum, hidden := absolute(some), float64(s.Layers[0])
		o := &s.Training.Optimizer
		rate := min(step/max(sum, 1e-9), hiddenStep/(hiddenMean*hidden), 1e-3)
		switch o.Rule {
		case kernels.SGD:
			o.Rate = sgdRate(s.Layers)
		case kernels.Adam:
			o.Rate = rounded(adamStep*rate, 1)
		default:
			o.Rate = rounded(rate, 1)
		}
		if reasons = append(reasons, RateReason(s, given)...); o.Rule == kernels.RMSProp {
			say("lr", "a step moves a unit by it times the sum of its inputs: %.0f of an image, some %.0f of the first hidden layer", sum, hiddenMean*hidden)
		}
	}
	if !given.Has("epochs") {
		perEpoch := (t.Len() + s.Training.Batch - 1) / s.Training.Batch
		steps := float64(maxSteps) // of sgd, whose steps are short where gradients are
		switch rate := float64(s.Training.Optimizer.Rate); s.Training.Optimizer.Rule {
		case kernels.RMSProp:
			steps = min(max(travel/rate, minSteps), maxSteps)
		case kernels.Adam:
			steps = min(max(travel*adamStep/rate, minSteps), maxSteps)
		}
		s.Training.Epochs = max(1, int(math.Ceil(steps/float64(perEpoch))))
		say("epochs", "%d steps of %d images, %d an epoch: at this rate fewer learn too little", s.Training.Epochs*perEpoch, min(s.Training.Batch, t.Len()), perEpoch)
	}
	return reasons
}

// spaced are up to looked examples, evenly spaced: a folder has a class after another.
func spaced(t dataset.Images) dataset.Images {
	if t.Len() <= looked {
		return t
	}
	examples := make([]int, looked)
	for i := range examples {
		examples[i] = i * t.Len() / looked
	}
	return t.Pick(examples)
}

// absolute is the mean sum of an example's absolute numbers.
func absolute(t dataset.Images) float64 {
	sum, row := 0.0, make([]float32, t.Dim())
	for i := range t.Len() {
		t.Read(i, row)
		for _, x := range row {
			sum += math.Abs(float64(x))
		}
	}
	return sum / float64(max(t.Len(), 1))
}

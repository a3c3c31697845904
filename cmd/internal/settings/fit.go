package settings

import (
	"fmt"
	"math"
	"strconv"

	"github.com/targetprop/targetprop/dataset"
	"github.com/targetprop/targetprop/dataset/describe"
)

// Reason is why a setting that nobody gave has its value.
type Reason struct{ Name, Value, Why string }

// What the settings of a network on data that nobody tuned for follow from. Measured
// on the seven sets of package untuned; make check-defaults repeats it.
const (
	// looked are as many examples as are looked at.
	looked = 2000
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
		first := min(max(t.Len()/5/50*50, 200), max(100, 3*t.Dim()/10*10), 1000)
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
	if !given.Has("lr") {
		step := darkStep
		if s.Centred {
			step = centredStep
			some = some.Centred()
		}
		sum, hidden := absolute(some), float64(s.Layers[0])
		s.Training.Optimizer.Rate = rounded(min(step/max(sum, 1e-9), hiddenStep/(hiddenMean*hidden), 1e-3), 1)
		say("lr", "a step moves a unit by it times the sum of its inputs: %.0f of an image, some %.0f of the first hidden layer", sum, hiddenMean*hidden)
	}
	if !given.Has("epochs") {
		perEpoch := (t.Len() + s.Training.Batch - 1) / s.Training.Batch
		steps := min(max(travel/float64(s.Training.Optimizer.Rate), minSteps), maxSteps)
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

// rounded is x with so many digits.
func rounded(x float64, digits int) float32 {
	r, err := strconv.ParseFloat(strconv.FormatFloat(x, 'e', digits-1, 64), 32)
	if err != nil {
		return float32(x)
	}
	return float32(r)
}

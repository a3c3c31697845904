package labels

import (
	"context"
	"fmt"
	"slices"

	"github.com/targetprop/targetprop/cmd/internal/paper/experiment"
	"github.com/targetprop/targetprop/cmd/internal/picture"
	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model"
	"github.com/targetprop/targetprop/model/credit"
	"github.com/targetprop/targetprop/model/feedforward"
	"github.com/targetprop/targetprop/model/labelled"
)

// generativeSettings are those of the model, of its samples, and of the classifier
// that looks at them.
type generativeSettings struct {
	Latent   []int
	Training labelled.Training
	Sampling labelled.Sampling
	OfClass  int // samples of each class
	Hidden   []int
	Judge    credit.Training
}

// generativeResult is what the model knows.
type generativeResult struct {
	Test share `json:"test"`
	// Recognised are the samples that a classifier takes for the class they were
	// drawn of. Judge is the classifier's accuracy on test images.
	Recognised share `json:"recognised"`
	Judge      share `json:"judge"`
}

func generativeName(seed uint64) string { return fmt.Sprintf("labels-generative-seed%d", seed) }

// generativePart trains a generative model of images and labels, and has a
// classifier look at its samples.
func generativePart(c *experiment.Context, a amounts, classes int, seed uint64) experiment.Part {
	s := generativeSettings{Latent: a.Latent, Training: labelled.DefaultTraining(), Sampling: labelled.DefaultSampling(), OfClass: 100, Hidden: a.Hidden, Judge: credit.DefaultTraining(credit.Backprop)}
	s.Training.Seed, s.Sampling.Seed, s.Judge.Seed = seed, seed, seed+1
	s.Training.Epochs, s.Judge.Epochs = a.epochs(s.Training.Epochs), min(a.epochs(s.Judge.Epochs), 10)
	return experiment.Part{
		Name: generativeName(seed), Network: experiment.None, Settings: s, Work: work(c.Set.Train.Len(), s.Training.Epochs+s.Judge.Epochs),
		Run: func(ctx context.Context, progress func(float64)) (experiment.Outcome, error) {
			network, err := trainGenerative(ctx, c, s, classes, func(part float64) { progress(part / 2) })
			if err != nil {
				return experiment.Outcome{}, err
			}
			var result generativeResult
			y, err := network.Classify(ctx, c.Engine, c.Set.Test, labelled.ClassifyInference(), nil)
			if err != nil {
				return experiment.Outcome{}, err
			}
			result.Test.Share, result.Test.StdErr = feedforward.Accuracy(y, c.Set.Test.Labels)
			result.Test.Images = c.Set.Test.Len()
			var of []int
			for class := range classes {
				of = append(of, slices.Repeat([]int{class}, s.OfClass)...)
			}
			samples, err := network.Generate(ctx, c.Engine, of, s.Sampling, nil)
			if err != nil {
				return experiment.Outcome{}, err
			}
			if err := result.look(ctx, c, a, s, classes, samples, of, func(part float64) { progress(0.5 + part/2) }); err != nil {
				return experiment.Outcome{}, err
			}
			shown, err := drawSamples(ctx, c, samples, of)
			return experiment.Outcome{Result: result, Files: map[string][]byte{"samples.png": shown}}, err
		},
	}
}

func trainGenerative(ctx context.Context, c *experiment.Context, s generativeSettings, classes int, progress func(float64)) (*labelled.Network, error) {
	config := labelled.DefaultConfig(classes, append([]int{c.Set.Train.Dim()}, s.Latent...)...)
	network, err := labelled.New(config, s.Training.Seed, c.Engine)
	if err != nil {
		return nil, err
	}
	examples := labelled.Examples{Data: c.Set.Train, Labels: c.Set.Train.Labels}
	t, err := labelled.NewTrainer(network, examples, s.Training, c.Engine)
	if err != nil {
		return nil, err
	}
	for !t.Done() {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if _, err := t.Step(); err != nil {
			return nil, err
		}
		epoch, step := t.Position()
		progress((float64(epoch) + float64(step)/float64(t.StepsPerEpoch())) / float64(s.Training.Epochs))
	}
	return network, network.EstimatePriors(ctx, c.Engine, examples, s.Training.Inference, nil)
}

// look trains a classifier with another seed, which shares nothing with the model,
// and counts the samples that it recognises.
func (r *generativeResult) look(ctx context.Context, c *experiment.Context, a amounts, s generativeSettings, classes int, samples kernels.Matrix, of []int, progress func(float64)) error {
	judge, err := newNetwork(c, a, feedforward.Softmax, classes, s.Judge.Seed)
	if err != nil {
		return err
	}
	learned, err := trainClassifier(ctx, c, judge, s.Judge, progress)
	if err != nil {
		return err
	}
	r.Judge = learned.Test
	y, err := judge.Predict(ctx, c.Engine, model.Rows{Matrix: samples}, nil)
	if err != nil {
		return err
	}
	labels := make([]uint8, len(of))
	for i, class := range of {
		labels[i] = uint8(class)
	}
	r.Recognised.Share, r.Recognised.StdErr = feedforward.Accuracy(y, labels)
	r.Recognised.Images = len(of)
	return nil
}

// drawSamples shows the first ten of each class.
func drawSamples(ctx context.Context, c *experiment.Context, samples kernels.Matrix, of []int) ([]byte, error) {
	g := picture.OfClasses(samples, of, c.Set.Train.Height, c.Set.Train.Width)
	for i := range g.Lines {
		g.Lines[i].Images = g.Lines[i].Images[:min(10, len(g.Lines[i].Images))]
	}
	return g.PNG(ctx)
}

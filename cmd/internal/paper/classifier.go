package paper

import (
	"context"
	"fmt"

	"github.com/targetprop/targetprop/cmd/internal/data"
	"github.com/targetprop/targetprop/cmd/internal/paper/experiment"
	"github.com/targetprop/targetprop/internal/report"
	"github.com/targetprop/targetprop/model"
	"github.com/targetprop/targetprop/model/measure"
)

type classifierSettings struct {
	Training  measure.Classifying
	Inference model.Inference
}

// classifierResult is the accuracy on each layer; layer 0 is the pixels.
type classifierResult struct {
	Train  int               `json:"training_images"`
	Test   int               `json:"test_images"`
	Layers []classifierLayer `json:"layers"`
}

type classifierLayer struct {
	Layer    int     `json:"layer"`
	Units    int     `json:"units"`
	Accuracy float64 `json:"accuracy"`
	StdErr   float64 `json:"standard_error"`
}

// classifierParts learn to tell the labels from each layer. A set without labels has none.
func classifierParts(c *experiment.Context) []experiment.Part {
	classes, err := data.Classes(c.Source, c.Set)
	if err != nil {
		return nil
	}
	s := classifierSettings{Training: measure.DefaultClassifying(), Inference: c.Settings.Training.Inference}
	s.Training.Seed = c.Seed()
	layers := len(c.Settings.Layers) + 1
	return []experiment.Part{{
		Name: "classifier", Network: 0, Settings: s, Work: layers * (c.Set.Train.Len() + c.Set.Test.Len()),
		Run: func(ctx context.Context, progress func(float64)) (experiment.Outcome, error) {
			result := classifierResult{Train: c.Set.Train.Len(), Test: c.Set.Test.Len()}
			labels, truth := c.Set.Train.Labels, c.Set.Test.Labels
			for l := range layers {
				features, err := c.Networks[0].Model.Features(ctx, c.Engine, c.Set.Train, l, s.Inference, nil)
				if err != nil {
					return experiment.Outcome{}, err
				}
				learned, err := measure.TrainClassifier(ctx, c.Engine, features, labels, classes, s.Training, func(done int) {
					progress((float64(l) + float64(done)/float64(s.Training.Epochs)) / float64(layers))
				})
				if err != nil {
					return experiment.Outcome{}, err
				}
				test, err := c.Networks[0].Model.Features(ctx, c.Engine, c.Set.Test, l, s.Inference, nil)
				if err != nil {
					return experiment.Outcome{}, err
				}
				accuracy, stdErr := learned.Accuracy(c.Engine, test, truth)
				result.Layers = append(result.Layers, classifierLayer{l, test.Cols, accuracy, stdErr})
			}
			return experiment.Outcome{Result: result}, nil
		},
	}}
}

func classifierSection(c *experiment.Context, kept experiment.Records) (report.Section, bool) {
	s := report.Section{Title: "What the layers make plain"}
	var result classifierResult
	var settings classifierSettings
	if _, ok := kept.Decode("classifier", &result, &settings); !ok {
		return s, false
	}
	t := report.Table{
		Caption: fmt.Sprintf("Accuracy on %d test images of a linear classifier (multinomial logistic regression, %d epochs of Adam) of the states that INFERENCE finds, trained on %d images with labels; the network has seen none. Classes come apart along straight lines where a layer has made them plain.",
			result.Test, settings.Training.Epochs, result.Train),
		Header: []string{"features", "numbers", "accuracy"},
	}
	for _, l := range result.Layers {
		name := fmt.Sprintf("h%d", l.Layer)
		if l.Layer == 0 {
			name = "raw pixels"
		}
		t.Rows = append(t.Rows, []string{name, fmt.Sprint(l.Units), fmt.Sprintf("%.2f +- %.2f %%", 100*l.Accuracy, 100*l.StdErr)})
	}
	s.Add(t)
	return s, true
}

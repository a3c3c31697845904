package main

import (
	"context"
	"fmt"
	"slices"

	doc "github.com/targetprop/targetprop/internal/report"
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

// partClassifier learns to tell the labels from each layer. Labels serve
// nowhere else.
func (r *reproduction) partClassifier() part {
	s := classifierSettings{Training: measure.DefaultClassifying(), Inference: r.options.training.Inference}
	s.Training.Seed = r.options.training.Seed
	layers := len(r.options.layers) + 1
	return part{
		name: "classifier", group: groupClassifier, seed: 0, settings: s, work: layers * (r.set.Train.Len() + r.set.Test.Len()),
		command: r.partCommand(groupClassifier),
		run: func(ctx context.Context, progress func(float64)) (outcome, error) {
			result := classifierResult{Train: r.set.Train.Len(), Test: r.set.Test.Len()}
			labels, truth := r.set.Train.Labels, r.set.Test.Labels
			classes := int(max(slices.Max(labels), slices.Max(truth))) + 1
			for l := range layers {
				features, err := r.seeds[0].network.Features(ctx, r.engine, images{r.set.Train}, l, s.Inference, nil)
				if err != nil {
					return outcome{}, err
				}
				c, err := measure.TrainClassifier(ctx, r.engine, features, labels, classes, s.Training, func(done int) {
					progress((float64(l) + float64(done)/float64(s.Training.Epochs)) / float64(layers))
				})
				if err != nil {
					return outcome{}, err
				}
				test, err := r.seeds[0].network.Features(ctx, r.engine, images{r.set.Test}, l, s.Inference, nil)
				if err != nil {
					return outcome{}, err
				}
				accuracy, stdErr := c.Accuracy(r.engine, test, truth)
				result.Layers = append(result.Layers, classifierLayer{l, test.Cols, accuracy, stdErr})
			}
			return outcome{result: result}, nil
		},
	}
}

func (r *reproduction) sectionClassifier() (doc.Section, bool) {
	s := doc.Section{ID: groupClassifier, Title: "What the layers make plain"}
	rec, ok := r.records["classifier"]
	var result classifierResult
	var settings classifierSettings
	if !ok || rec.decode(&result) != nil || decodeSettings(rec, &settings) != nil {
		return s, false
	}
	t := doc.Table{
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

package modelfile

import (
	"context"
	"fmt"

	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model"
	"github.com/targetprop/targetprop/model/labelled"
)

// Classifier is a model of any task that tells the classes of images apart.
type Classifier struct {
	Origin
	Task    string
	Classes int
	// Predict is the outputs for all images, one image a row: the probabilities of
	// the classes, or with Reward their predicted rewards.
	Predict func(ctx context.Context, e *kernels.Engine, images model.Data, progress func(done int)) (kernels.Matrix, error)
}

// LoadClassifier reads a model that classifies, as Load does.
func LoadClassifier(path string) (Classifier, error) {
	task, err := TaskOf(path)
	switch {
	case err != nil:
		return Classifier{}, explain(fileOf(path), err, Classify)
	case task == Generate:
		return Classifier{}, fmt.Errorf("%s is %s and can not classify; make one that can with train --task label, or with train --task classify or reward", fileOf(path), describe(task))
	}
	m, err := LoadAny(path)
	switch {
	case err != nil:
		return Classifier{}, err
	case m.Labelled != nil:
		n := m.Labelled.Network
		return Classifier{m.Origin, task, n.Config.Classes, func(ctx context.Context, e *kernels.Engine, images model.Data, progress func(int)) (kernels.Matrix, error) {
			return n.Classify(ctx, e, images, labelled.ClassifyInference(), progress)
		}}, nil
	}
	n := m.Feedforward.Network
	return Classifier{m.Origin, task, n.Config.Outputs(), n.Predict}, nil
}

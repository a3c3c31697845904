package modelfile

import (
	"context"
	"fmt"

	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model"
	"github.com/targetprop/targetprop/model/credit"
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
	path = fileOf(path)
	task, err := TaskOf(path)
	switch {
	case err != nil:
		return Classifier{}, explain(path, err, Classify)
	case task == Label:
		m, err := LoadLabelled(path)
		if err != nil {
			return Classifier{}, err
		}
		return Classifier{m.Origin, task, m.Network.Config.Classes, func(ctx context.Context, e *kernels.Engine, images model.Data, progress func(int)) (kernels.Matrix, error) {
			return m.Network.Classify(ctx, e, images, labelled.ClassifyInference(), progress)
		}}, nil
	case task == Generate:
		return Classifier{}, fmt.Errorf("%s is %s and can not classify; make one that can with train --task label, or with train --task classify or reward", path, describe(task))
	}
	f, err := credit.Load(path)
	if err != nil {
		return Classifier{}, err
	}
	return Classifier{Origin{path, f.Notes, f.Network.Config.Inputs()}, task, f.Network.Config.Outputs(), f.Network.Predict}, nil
}

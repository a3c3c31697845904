package modelfile

import (
	"context"
	"fmt"
	"io"

	"github.com/targetprop/targetprop/cmd/internal/cli"
	"github.com/targetprop/targetprop/cmd/internal/data"
	"github.com/targetprop/targetprop/dataset"
	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model"
	"github.com/targetprop/targetprop/model/labelled"
)

// Classifier is a model of any task that tells the classes of images apart.
type Classifier struct {
	Origin
	Task    string
	Classes int
	Names   []string // of the classes; nil if the model does not say
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
	if err != nil {
		return Classifier{}, err
	}
	c := Classifier{Origin: m.Origin, Task: task}
	if m.Labelled != nil {
		n := m.Labelled.Network
		c.Classes = n.Config.Classes
		c.Predict = func(ctx context.Context, e *kernels.Engine, images model.Data, progress func(int)) (kernels.Matrix, error) {
			return n.Classify(ctx, e, images, labelled.ClassifyInference(), progress)
		}
	} else {
		c.Classes, c.Predict = m.Feedforward.Network.Config.Outputs(), m.Feedforward.Network.Predict
	}
	if c.Names, err = ClassesOf(m.Notes); err != nil {
		return c, fmt.Errorf("%s: %w", c.Path, err)
	}
	return c, nil
}

// LoadPart is that of [Origin], of images whose labels are numbered as the model's.
func (c Classifier) LoadPart(ctx context.Context, w io.Writer, source string, given bool, part string) (images dataset.Images, from string, err error) {
	images, set, from, err := c.Origin.LoadPart(ctx, w, source, given, part)
	if err != nil {
		return images, from, err
	}
	names := c.Names
	if names == nil && areNumbers(c.notes) {
		names = data.ClassNumbers(c.Classes)
	}
	if images.Labels, err = data.MatchLabels(set, images.Labels, names); err != nil {
		return images, from, fmt.Errorf("%s is not what the model %s was trained on: %w", from, c.Path, err)
	}
	if names == nil && set.Classes != nil && c.notes[NoteLabels] != data.LabelsDigest(set.Train) {
		fmt.Fprintf(w, "targetprop: note: the model does not say what its classes are called: %s is taken for 0, and the others for what follows\n", cli.Plain(set.Classes[0]))
	}
	return images, from, nil
}

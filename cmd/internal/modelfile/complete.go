package modelfile

import (
	"context"
	"fmt"
	"io"

	"github.com/targetprop/targetprop/cmd/internal/cli"
	"github.com/targetprop/targetprop/cmd/internal/data"
	"github.com/targetprop/targetprop/dataset"
	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model/labelled"
)

// Complete gives the model of a checkpoint what training ends with: the prior, which
// takes a pass over the images that it was trained on. A model that has one stays as
// it is. Progress and a note go to w.
func (m *Model) Complete(ctx context.Context, w io.Writer, e *kernels.Engine) error {
	if len(m.Network.Prior.Mean) > 0 {
		return nil
	}
	train, err := m.trainingImages(ctx, w)
	if err != nil {
		return err
	}
	bar := cli.NewBar(w, "prior", "images", int64(train.Len()))
	defer bar.Clear()
	return m.Network.EstimatePrior(ctx, e, data.Share(m.Network.Group, train), m.Training.Inference, bar.Set)
}

// Complete is Model.Complete for the priors of the classes.
func (m *Labelled) Complete(ctx context.Context, w io.Writer, e *kernels.Engine) error {
	if len(m.Network.Priors) > 0 {
		return nil
	}
	train, err := m.trainingImages(ctx, w)
	if err != nil {
		return err
	}
	bar := cli.NewBar(w, "priors", "images", int64(train.Len()))
	defer bar.Clear()
	examples := labelled.Examples{Data: train, Labels: train.Labels}
	return m.Network.EstimatePriors(ctx, e, examples, m.Training.Inference, bar.Set)
}

// trainingImages are those that the checkpoint's run learns from.
func (o Origin) trainingImages(ctx context.Context, w io.Writer) (dataset.Images, error) {
	source := o.notes[NoteSource]
	if source == "" {
		return dataset.Images{}, fmt.Errorf("%s has no prior, and does not say where the images are that it was trained on", o.Path)
	}
	how, err := ReadingOf(o.notes)
	if err != nil {
		return dataset.Images{}, fmt.Errorf("%s: %w", o.Path, err)
	}
	set, err := data.Read(ctx, w, source, how)
	if err != nil {
		return dataset.Images{}, fmt.Errorf("%s is a checkpoint, and needs the images that it was trained on: %w; if they are elsewhere now, tell its run so by train --out, --resume and --data; finish has it make a model then", o.Path, err)
	}
	if o.notes[NoteDigest] != data.Digest(set.Train) {
		return dataset.Images{}, fmt.Errorf("%s is a checkpoint, and needs the images that it was trained on; %s has others now", o.Path, cli.Plain(source))
	}
	if labels, count := o.notes[NoteLabels]; count && labels != data.LabelsDigest(set.Train) {
		return dataset.Images{}, fmt.Errorf("%s is a checkpoint, and needs the labels that it was trained on; %s has others now", o.Path, cli.Plain(source))
	}
	shape, err := o.Shape()
	if err != nil {
		return dataset.Images{}, fmt.Errorf("%s: %w", o.Path, err)
	}
	set.Train.Scale = shape.Scale // that of --centre is the run's, and not the images'
	return set.Train, nil
}

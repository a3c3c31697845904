package watch

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"time"

	"github.com/targetprop/targetprop/cmd/internal/data"
	"github.com/targetprop/targetprop/cmd/internal/modelfile"
	"github.com/targetprop/targetprop/dataset"
	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model"
	"github.com/targetprop/targetprop/model/labelled"
)

// player is a model to play with. One of images, labels and classifier is not nil.
type player struct {
	path string
	of   time.Time // of the file

	height, width, channels int
	visible                 int
	scale                   *dataset.Scale

	images     *model.Network // of labels, if they are not nil
	labels     *labelled.Network
	classifier *modelfile.Classifier
	inference  model.Inference // to find the states of an image
	prior      model.Prior     // of the top layer, for sliders; empty if there is none
}

// fresh tells whether the file is still the one that was read. One that is read for
// the first second of its life may change again.
func (p *player) fresh() bool {
	info, err := os.Stat(p.path)
	return err == nil && info.ModTime().Equal(p.of)
}

// load reads the model of a run, or its checkpoint. A checkpoint has no prior: it
// gets that of the last frame, a rough one.
func load(f *folder) (*player, error) {
	p := &player{path: f.dir.Model()}
	info, err := os.Stat(p.path)
	if err != nil {
		p.path = f.dir.Checkpoint()
		info, err = os.Stat(p.path)
	}
	if err != nil {
		return nil, errors.New("the run has neither a model nor a checkpoint")
	}
	p.of = info.ModTime()
	task, err := modelfile.TaskOf(p.path)
	if err != nil {
		return nil, err
	}
	var from modelfile.Origin
	switch task {
	case modelfile.Generate:
		m, err := modelfile.Load(p.path)
		if err != nil {
			return nil, err
		}
		p.images, p.inference, from = m.Network, m.Training.Inference, m.Origin
	case modelfile.Label:
		m, err := modelfile.LoadLabelled(p.path)
		if err != nil {
			return nil, err
		}
		p.labels, p.images, from = m.Network, m.Network.Images, m.Origin // the encoder's means are its states
	default:
		m, err := modelfile.LoadClassifier(p.path)
		if err != nil {
			return nil, err
		}
		p.classifier, from = &m, m.Origin
	}
	p.borrowPrior(f)
	shape, err := from.Shape()
	if err != nil {
		return nil, err
	}
	if shape.Flat {
		return nil, badf("the playground is for pictures; this model is of %s", shape)
	}
	p.height, p.width, p.channels, p.scale = shape.Height, shape.Width, max(shape.Channels, 1), shape.Scale
	p.visible = p.height * p.width * p.channels
	return p, nil
}

// borrowPrior takes the prior of the last frame, if the model has none.
func (p *player) borrowPrior(f *folder) {
	if p.images == nil {
		return
	}
	epochs := f.dir.Frames().Epochs()
	missing := p.labels == nil && len(p.images.Prior.Mean) == 0 || p.labels != nil && len(p.labels.Priors) == 0
	top := p.images.Config.Sizes[p.images.Config.Latents()]
	if missing && len(epochs) > 0 {
		last, err := f.dir.Frames().Read(epochs[len(epochs)-1])
		if err != nil || last.Prior == nil {
			return
		}
		var priors []model.Prior
		for i, mean := range last.Prior.Mean {
			if i >= len(last.Prior.Std) || len(mean) != top || len(last.Prior.Std[i]) != top {
				return
			}
			priors = append(priors, model.Prior{Mean: mean, Std: last.Prior.Std[i]})
		}
		switch {
		case p.labels != nil && len(priors) == p.labels.Config.Classes:
			p.labels.Priors = priors
			for range priors {
				p.labels.Shares = append(p.labels.Shares, 1/float32(len(priors)))
			}
		case p.labels == nil && len(priors) == 1:
			p.images.Prior = priors[0]
		}
	}
	switch {
	case p.labels == nil:
		p.prior = p.images.Prior
	case len(p.labels.Priors) > 0:
		p.prior = p.labels.Priors[0]
	}
}

// describe tells what the model is.
func (p *player) describe(_ context.Context, _ *kernels.Engine, _ request, send func(reply) error) error {
	d := &described{File: filepath.Base(p.path), Height: p.height, Width: p.width, Channels: p.channels, Generative: p.images != nil, Samples: len(p.prior.Mean) > 0, Mean: p.prior.Mean, Std: p.prior.Std}
	if p.images != nil {
		d.Sizes = p.images.Config.Sizes
	}
	switch {
	case p.labels != nil:
		d.Classes = p.labels.Config.Classes
	case p.classifier != nil:
		d.Classes = p.classifier.Classes
	}
	return send(reply{Model: d})
}

// image is one image as a matrix of a row, as the network reads it.
func (p *player) image(pixels []byte) (kernels.Matrix, error) {
	if len(pixels) != p.visible {
		return kernels.Matrix{}, badf("%d numbers for a model of %d x %d pixels with %d channels", len(pixels), p.width, p.height, p.channels)
	}
	m := kernels.NewMatrix(1, p.visible)
	for j, v := range pixels {
		m.Row(0)[j] = float32(v) / 255
		if p.scale != nil && p.scale.Signed {
			m.Row(0)[j] = 2*m.Row(0)[j] - 1
		}
	}
	return m, nil
}

// errNotFinite is the error of a model whose weights are so large that it makes no numbers.
var errNotFinite = errors.New("not all numbers that the model makes of this are finite: its training has diverged, or its file is damaged")

// pixelsOf are the pixels of the rows of m.
func (p *player) pixelsOf(m kernels.Matrix) ([]byte, error) {
	if !data.Finite(m) {
		return nil, errNotFinite
	}
	all, row := make([]byte, 0, m.Rows*m.Cols), make([]float32, m.Cols)
	for i := range m.Rows {
		copy(row, m.Row(i))
		p.scale.Show(row)
		for _, v := range row {
			all = append(all, byte(float32(min(max(v, 0), 1)*255)+0.5))
		}
	}
	return all, nil
}

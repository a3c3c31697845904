package task

import (
	"context"
	"reflect"
	"slices"

	"github.com/targetprop/targetprop/cmd/internal/cli"
	"github.com/targetprop/targetprop/cmd/internal/data"
	"github.com/targetprop/targetprop/cmd/internal/modelfile"
	"github.com/targetprop/targetprop/cmd/internal/picture"
	"github.com/targetprop/targetprop/cmd/internal/settings"
	"github.com/targetprop/targetprop/dataset"
	"github.com/targetprop/targetprop/internal/atomicfile"
	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model"
	"github.com/targetprop/targetprop/model/labelled"
)

// Label trains a generative model of images and labels: Section 9.
var Label = Task{
	Name: modelfile.Label,
	Default: func(_ string, given settings.Given) settings.Settings {
		s := settings.DefaultLabel(given)
		return &s
	},
	New: newLabelling,
	Notes: func(source string, set data.Set) map[string]string {
		return modelfile.LabelNotes(modelfile.Label, source, set)
	},
	Load: loadLabelling,
}

// labelling is its trainer.
type labelling struct {
	*labelled.Trainer
	judge
	engine *kernels.Engine
}

func examples(images dataset.Images) labelled.Examples {
	return labelled.Examples{Data: images, Labels: images.Labels}
}

func newLabelling(source string, set data.Set, s settings.Settings, _ model.Group, e *kernels.Engine) (Trainer, error) {
	classes, err := data.EveryClass(source, set.Set) // the prior of a class needs an image
	if err != nil {
		return nil, err
	}
	given := s.(*settings.Label)
	config := given.Config(set.Train.Dim(), classes)
	if err := config.Validate(); err != nil {
		return nil, cli.Usage(err)
	}
	if err := checkMemory(config.Sizes, given.Training.Batch, set.Train.Len()); err != nil {
		return nil, err
	}
	network, err := labelled.New(config, given.Training.Seed, e)
	if err != nil {
		return nil, err
	}
	t, err := labelled.NewTrainer(network, examples(set.Train), given.Training, e)
	if err != nil {
		return nil, err
	}
	return wrapLabelling(t, set, e)
}

func wrapLabelling(trainer *labelled.Trainer, set data.Set, e *kernels.Engine) (_ Trainer, err error) {
	t := &labelling{Trainer: trainer, engine: e}
	t.judge, err = newJudge(early{trainer: trainer, patience: trainer.Settings.Patience}, set.Set, func(ctx context.Context, images model.Data, progress func(int)) (kernels.Matrix, error) {
		return t.Network.Classify(ctx, e, images, labelled.ClassifyInference(), progress)
	})
	if err != nil {
		return nil, err
	}
	return t, nil
}

func loadLabelling(path string) (Checkpoint, error) {
	c, err := labelled.LoadCheckpoint(path)
	if err != nil {
		return Checkpoint{}, err
	}
	return Checkpoint{
		Notes: c.Notes, Settings: &settings.Label{Layers: c.Network.Config.Sizes[1:], Training: c.Training},
		Resume: func(set data.Set, epochs int, _ model.Group, e *kernels.Engine) (Trainer, error) {
			c.Training.Epochs = epochs
			t, err := c.Resume(examples(set.Train), e)
			if err != nil {
				return nil, err
			}
			return wrapLabelling(t, set, e)
		},
	}, nil
}

// Settings are those of the training.
func (t *labelling) Settings() settings.Settings {
	return &settings.Label{Layers: t.Network.Config.Sizes[1:], Training: t.Trainer.Settings}
}

// Sizes are those of the layers, and the number of classes.
func (t *labelling) Sizes() []int {
	return append(slices.Clone(t.Network.Config.Sizes), t.Network.Config.Classes)
}

// Columns are f1 g1 f2 g2 ... fy gy, and the accuracy.
func (t *labelling) Columns() []string {
	return append(MapNames(t.Network.Config.Latents()), "fy", "gy", validColumn)
}

// Figures are the losses of the maps, and the accuracy.
func (t *labelling) Figures(ctx context.Context) ([]float64, error) {
	return t.figures(ctx, t.Losses())
}

// Ending is the priors and the test.
func (t *labelling) Ending() (what string, images int) {
	return "priors and test", t.set.Train.Len() + t.set.Test.Len()
}

// Finish takes the best epoch's parameters, if there is one, estimates the priors and
// measures on the test images.
func (t *labelling) Finish(ctx context.Context, progress func(done int)) error {
	if err := t.TakeBest(); err != nil {
		return err
	}
	train := examples(t.set.Train)
	if err := t.Network.EstimatePriors(ctx, t.engine, train, t.Trainer.Settings.Inference, progress); err != nil {
		return err
	}
	return t.finish(ctx, func(done int) { progress(train.Len() + done) })
}

// SaveModel writes the model.
func (t *labelling) SaveModel(path string, notes map[string]string) error {
	return labelled.File{Network: t.Network, Training: t.Trainer.Settings, Notes: t.notes(notes)}.Save(path)
}

// Restore takes up the model in the file.
func (t *labelling) Restore(path string, notes map[string]string) bool {
	f, err := labelled.Load(path)
	if err != nil || f.Training != t.Trainer.Settings || !sameData(f.Notes, notes) || !reflect.DeepEqual(f.Network.Config, t.Network.Config) {
		return false
	}
	t.Network = f.Network
	return t.restore(f.Notes)
}

// shownOfClass are the images of each class in samples.png.
const shownOfClass = 10

// WriteSamples writes samples.png: a line of images of each class.
func (t *labelling) WriteSamples(ctx context.Context, path string) error {
	sampling := labelled.DefaultSampling()
	sampling.Seed = t.Trainer.Settings.Seed
	var classes []int
	for c := range t.Network.Config.Classes {
		classes = append(classes, slices.Repeat([]int{c}, shownOfClass)...)
	}
	m, err := t.Network.Generate(ctx, t.engine, classes, sampling, nil)
	if err != nil {
		return err
	}
	if !data.Finite(m) {
		return model.ErrDiverged
	}
	content, err := picture.OfClasses(m, classes, t.set.Train.Height, t.set.Train.Width).PNG(ctx)
	if err != nil {
		return err
	}
	return atomicfile.WriteBytes(path, content)
}

// Look shows the network.
func (t *labelling) Look() Look {
	return Look{Labelled: t.Network, Inference: model.TrainInference(), Seed: t.Trainer.Settings.Seed, Probe: probe(t.set)}
}

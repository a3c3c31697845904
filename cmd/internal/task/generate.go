package task

import (
	"context"
	"fmt"
	"reflect"
	"strconv"

	"github.com/targetprop/targetprop/cmd/internal/cli"
	"github.com/targetprop/targetprop/cmd/internal/data"
	"github.com/targetprop/targetprop/cmd/internal/modelfile"
	"github.com/targetprop/targetprop/cmd/internal/picture"
	"github.com/targetprop/targetprop/cmd/internal/settings"
	"github.com/targetprop/targetprop/cmd/internal/together"
	"github.com/targetprop/targetprop/dataset"
	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model"
)

// Generate trains a generative model of images: TRAIN of Algorithm 2.
var Generate = Task{
	Name: modelfile.Generate,
	Default: func(source string, given settings.Given) settings.Settings {
		s := settings.DefaultGenerate(source, given)
		return &s
	},
	Fit: func(set dataset.Set, s settings.Settings, given settings.Given) []settings.Reason {
		return s.(*settings.Generate).Fit(set.Train, given)
	},
	Divides: true,
	New:     newGenerative,
	Notes:   modelfile.Notes,
	Load:    loadGenerative,
}

// Generative is its trainer.
type Generative struct {
	*model.Trainer
	early
	images        model.Data // for training
	probe         dataset.Images
	valid         dataset.Images // for early stopping
	height, width int            // of one
	scale         *dataset.Scale
	spread        float64 // standard deviation between training images, as they are read
	drawn         float64 // between the samples that were drawn last; 0 if none were
	engine        *kernels.Engine
}

func newGenerative(_ string, set data.Set, s settings.Settings, g model.Group, e *kernels.Engine) (Trainer, error) {
	given := s.(*settings.Generate)
	images := set.Training(g)
	config := given.Config(images.Dim())
	if err := config.Validate(); err != nil {
		return nil, cli.Usage(err)
	}
	if err := checkMemory(config.Sizes, given.Training.Batch, images.Len()); err != nil {
		return nil, err
	}
	network, err := model.New(config, given.Training.Seed, e)
	if err != nil {
		return nil, err
	}
	network.Group = g
	t, err := model.NewTrainer(network, images, given.Training, e)
	if err != nil {
		return nil, err
	}
	return newGenerativeOf(t, images, set, e)
}

func newGenerativeOf(t *model.Trainer, images model.Data, set data.Set, e *kernels.Engine) (Trainer, error) {
	by := early{trainer: t, patience: t.Settings.Patience, better: "reconstructed the validation images better",
		measure: func(loss float64) string { return fmt.Sprintf("a squared error of %.4g", loss) }}
	if err := by.check(set.Valid); err != nil {
		return nil, err
	}
	shape := set.Shape()
	return &Generative{Trainer: t, early: by, images: images, probe: probe(set.Set), valid: set.Valid, height: shape.Height, width: shape.Width, scale: shape.Scale, spread: spreadOf(set.Train), engine: e}, nil
}

func loadGenerative(path string) (Checkpoint, error) {
	c, err := model.LoadCheckpoint(path)
	if err != nil {
		return Checkpoint{}, err
	}
	return Checkpoint{
		Notes: c.Notes, Settings: &settings.Generate{Layers: c.Network.Config.Sizes[1:], Training: c.Training, Centred: centred(c.Network)},
		Resume: func(set data.Set, epochs int, g model.Group, e *kernels.Engine) (Trainer, error) {
			c.Training.Epochs = epochs
			c.Network.Group = g
			images := set.Training(g)
			t, err := c.Resume(images, e)
			if err != nil {
				return nil, err
			}
			return newGenerativeOf(t, images, set, e)
		},
	}, nil
}

// Settings are those of the training.
func (t *Generative) Settings() settings.Settings {
	return &settings.Generate{Layers: t.Network.Config.Sizes[1:], Training: t.Trainer.Settings, Centred: centred(t.Network)}
}

// centred tells whether a network reads images as -1 to 1.
func centred(n *model.Network) bool { return n.Config.Decoders[0] == kernels.Tanh }

// Sizes are those of the layers.
func (t *Generative) Sizes() []int { return t.Network.Config.Sizes }

// Columns are those of its log.
func (t *Generative) Columns() []string {
	return GenerateColumns(t.Network.Config.Latents(), t.Trainer.Settings.Patience)
}

// GenerateColumns are f1 g1 f2 g2 ..., and the error of the reconstruction if it counts.
func GenerateColumns(latents, patience int) []string {
	names := MapNames(latents)
	if patience > 0 {
		names = append(names, "valid")
	}
	return names
}

// MapNames are f1 g1 f2 g2 ... of so many latent layers, in the order of
// model.Network.Maps.
func MapNames(latents int) []string {
	var names []string
	for i := range 2 * latents {
		names = append(names, string("fg"[i%2])+strconv.Itoa(i/2+1))
	}
	return names
}

// judged are as many validation images as an epoch is judged by.
const judged = 1000

// Figures are the losses of the maps, and the error of the reconstruction if training
// may stop by it.
func (t *Generative) Figures(ctx context.Context) ([]float64, error) {
	s := t.Trainer.Settings
	if s.Patience == 0 {
		return t.Losses(), nil
	}
	valid, err := t.Network.ReconstructionError(ctx, t.engine, t.valid, judged, s.Inference)
	if err != nil {
		return nil, err
	}
	return append(t.Losses(), valid), t.end(valid)
}

// Ending is the prior, which takes a pass over the images.
func (t *Generative) Ending() (what string, images int) { return "prior", t.images.Len() }

// Finish takes the best epoch's parameters, if there is one, and estimates the prior.
func (t *Generative) Finish(ctx context.Context, progress func(done int)) error {
	if err := t.TakeBest(); err != nil {
		return err
	}
	return t.Network.EstimatePrior(ctx, t.engine, t.images, t.Trainer.Settings.Inference, progress)
}

// SaveModel writes the model.
func (t *Generative) SaveModel(path string, notes map[string]string) error {
	return model.File{Network: t.Network, Training: t.Trainer.Settings, Notes: notes}.Save(path)
}

// Restore takes up the model in the file.
func (t *Generative) Restore(path string, notes map[string]string) bool {
	f, err := model.Load(path)
	if err != nil || f.Training != t.Trainer.Settings || !sameData(f.Notes, notes) || !reflect.DeepEqual(f.Network.Config, t.Network.Config) {
		return false
	}
	f.Network.Group = t.Network.Group
	t.Network = f.Network
	return true
}

// sameData tells whether two models were trained on the same images and labels, and
// as far.
func sameData(a, b map[string]string) bool {
	return a[modelfile.NoteDigest] == b[modelfile.NoteDigest] && a[modelfile.NoteLabels] == b[modelfile.NoteLabels] && a[modelfile.NoteEarly] == b[modelfile.NoteEarly]
}

// Results say which epoch's parameters were kept, and compare the variety of samples that
// were drawn with that of the images.
func (t *Generative) Results() []string {
	lines := t.kept()
	if t.drawn == 0 || t.spread == 0 {
		return lines
	}
	text := fmt.Sprintf("variety  standard deviation between samples %.3g, between training images %.3g", t.drawn, t.spread)
	if t.drawn < t.spread/2 {
		text += "\nwarning: the samples are too much alike; train longer with --resume --epochs, or begin anew with another --lr or less --up-noise"
	}
	return append(lines, text)
}

// WriteSamples writes samples.png.
func (t *Generative) WriteSamples(ctx context.Context, path string) error {
	sampling := model.DefaultSampling()
	sampling.Seed = t.Trainer.Settings.Seed
	m, err := t.Network.Generate(ctx, t.engine, shownSamples, sampling, nil)
	if err != nil {
		return err
	}
	if !data.Finite(m) {
		return model.ErrDiverged
	}
	t.drawn = between(m)
	if !together.Writes(t.Network.Group) {
		return nil
	}
	for i := range m.Rows {
		t.scale.Show(m.Row(i))
	}
	return picture.WritePNG(ctx, path, m, t.height, t.width)
}

// Look shows the network.
func (t *Generative) Look() Look {
	return Look{Images: t.Network, Inference: t.Trainer.Settings.Inference, Seed: t.Trainer.Settings.Seed, Probe: t.probe}
}

package run

import (
	"context"
	"fmt"
	"reflect"
	"slices"

	"github.com/targetprop/targetprop/cmd/internal/data"
	"github.com/targetprop/targetprop/cmd/internal/modelfile"
	"github.com/targetprop/targetprop/cmd/internal/picture"
	"github.com/targetprop/targetprop/cmd/internal/together"
	"github.com/targetprop/targetprop/model"
)

// shownSamples are the images in samples.png.
const shownSamples = 100

// Finish estimates the prior and writes the results, the model last.
func (r *Run) Finish(ctx context.Context) error {
	network, before := r.Trainer.Network, 0
	r.tell(Observer.Prior)
	err := network.EstimatePrior(ctx, r.engine, r.Images, r.Trainer.Settings.Inference, func(done int) {
		r.tell(func(o Observer) { o.Images(done - before) })
		before = done
	})
	if err != nil {
		return err
	}
	f := model.File{Network: network, Training: r.Trainer.Settings, Notes: r.Notes}
	if err := r.writeSamples(ctx, f); err != nil {
		return err
	}
	if !together.Writes(r.group) {
		return nil
	}
	return f.Save(r.Dir.Model())
}

// writeSamples writes samples.png.
func (r *Run) writeSamples(ctx context.Context, f model.File) error {
	sampling := model.DefaultSampling()
	sampling.Seed = f.Training.Seed
	m, err := f.Network.Generate(ctx, r.engine, shownSamples, sampling, nil)
	if err != nil {
		return err
	}
	if !data.Finite(m) {
		return model.ErrDiverged
	}
	height, width, err := modelfile.Model{File: f}.ImageSize()
	if err != nil {
		return err
	}
	if !together.Writes(r.group) {
		return nil
	}
	return picture.WritePNG(r.Dir.Samples(), m, height, width)
}

// Finished tells whether the folder holds the model that the run leads to.
func (r *Run) Finished() (f model.File, ok bool, err error) {
	f, here := r.finished()
	if ok, err = together.Decide(r.group, here); err != nil {
		return model.File{}, false, err
	}
	if ok && !here {
		return model.File{}, false, fmt.Errorf("%s is complete for rank 0 and not for this one: all need the same folder", r.Dir)
	}
	return f, ok, nil
}

// finished is Finished as this process sees the folder.
func (r *Run) finished() (model.File, bool) {
	if !r.Trainer.Done() {
		return model.File{}, false
	}
	f, err := model.Load(r.Dir.Model())
	if err != nil {
		return model.File{}, false
	}
	return f, f.Training == r.Trainer.Settings && f.Notes[modelfile.NoteDigest] == r.Notes[modelfile.NoteDigest] &&
		reflect.DeepEqual(f.Network.Config, r.Trainer.Network.Config)
}

// RestoreSamples makes up for a picture of a finished run that was removed.
func (r *Run) RestoreSamples(ctx context.Context, f model.File) error {
	if !together.Writes(r.group) {
		return nil
	}
	found, err := r.Dir.present()
	if err != nil || slices.Contains(found, r.Dir.Samples()) {
		return err
	}
	return r.writeSamples(ctx, f)
}

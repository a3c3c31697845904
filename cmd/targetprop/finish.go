package main

import (
	"context"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model"
)

// shownSamples are the images in samples.png.
const shownSamples = 100

// finish estimates the prior and writes the results, the model last.
func (r *trainRun) finish(ctx context.Context) error {
	network, before := r.trainer.Network, 0
	r.bar.describe("prior")
	err := network.EstimatePrior(ctx, r.engine, images{r.set.Train}, r.trainer.Settings.Inference, func(done int) {
		r.bar.add(done - before)
		before = done
	})
	if err != nil {
		return err
	}
	f := model.File{Network: network, Training: r.trainer.Settings, Notes: r.notes}
	if err := r.writeSamples(ctx, f); err != nil {
		return err
	}
	return f.Save(r.dir.model())
}

// writeSamples writes samples.png.
func (r *trainRun) writeSamples(ctx context.Context, f model.File) error {
	sampling := model.DefaultSampling()
	sampling.Seed = f.Training.Seed
	m, err := f.Network.Generate(ctx, r.engine, shownSamples, sampling, nil)
	if err != nil {
		return err
	}
	if !finite(m) {
		return model.ErrDiverged
	}
	height, width, err := imageSize(f)
	if err != nil {
		return err
	}
	return writePNG(r.dir.samples(), m, height, width)
}

// finished tells whether the folder holds the model that the run leads to.
func (r *trainRun) finished() (model.File, bool) {
	if !r.trainer.Done() {
		return model.File{}, false
	}
	f, err := model.Load(r.dir.model())
	if err != nil {
		return model.File{}, false
	}
	return f, f.Training == r.trainer.Settings && f.Notes[noteDigest] == r.notes[noteDigest] &&
		reflect.DeepEqual(f.Network.Config, r.trainer.Network.Config)
}

// reportFinished says that there is nothing to do, and makes up for a picture
// that was removed.
func (r *trainRun) reportFinished(ctx context.Context, f model.File) error {
	found, err := r.dir.present()
	if err != nil {
		return err
	}
	if !slices.Contains(found, r.dir.samples()) {
		if err := r.writeSamples(ctx, f); err != nil {
			return err
		}
	}
	fmt.Fprintf(r.stdout, "%s is complete with its %s; --epochs with a higher number would continue it\n", r.dir, count(f.Training.Epochs, "epoch", "epochs"))
	r.summary()
	return nil
}

// summary says where things are and what can be done with them.
func (r *trainRun) summary() {
	fmt.Fprintf(r.stdout, "\nmodel    %s\nsamples  %s\nlog      %s\n", r.dir.model(), r.dir.samples(), r.dir.log())
	fmt.Fprintf(r.stdout, "\nMore samples, and a measure of them:\n  %s\n  %s\n",
		commandLine("sample", "--model", r.dir.model(), "--n", "400", "--out", "more.png"),
		commandLine("eval", "--model", r.dir.model(), "--data", r.source))
}

func (r *trainRun) resumeLine() string {
	return commandLine("train", "--out", string(r.dir), "--resume")
}

// interrupted says how to continue; the checkpoint was saved.
func (r *trainRun) interrupted() error {
	epoch, step := r.trainer.Position()
	return fmt.Errorf("interrupted and saved after %s and %s; continue with %s", count(epoch, "epoch", "epochs"), count(step, "minibatch", "minibatches"), r.resumeLine())
}

func (r *trainRun) diverged() error {
	epoch, _ := r.trainer.Position()
	epoch = min(epoch, r.trainer.Settings.Epochs-1) // the last one's end can bring it to light
	rate := r.trainer.Settings.Optimizer.Rate
	return fmt.Errorf("training diverged in epoch %d: the learning rate %v is too high for these settings; try --lr %.1g with --overwrite", epoch+1, rate, rate/10)
}

// finite tells whether no element is NaN or infinite.
func finite(m kernels.Matrix) bool {
	for i := range m.Rows {
		for _, x := range m.Row(i) {
			if x-x != 0 {
				return false
			}
		}
	}
	return true
}

// sizes writes a network's layers as 784-1000-100.
func sizes(c model.Config) string {
	text := make([]string, len(c.Sizes))
	for i, n := range c.Sizes {
		text[i] = fmt.Sprint(n)
	}
	return strings.Join(text, "-")
}

// count writes a number and its noun.
func count(n int, one, more string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, more)
}

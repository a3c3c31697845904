package reproduce

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/targetprop/targetprop/cmd/internal/cli"
	"github.com/targetprop/targetprop/cmd/internal/data"
	"github.com/targetprop/targetprop/cmd/internal/paper"
	"github.com/targetprop/targetprop/cmd/internal/paper/experiment"
	"github.com/targetprop/targetprop/cmd/internal/run"
	"github.com/targetprop/targetprop/model"
)

// training is the training of one network: a run as those of train. Experiments
// may watch that of the first.
type training struct {
	network  *experiment.Network
	watchers []experiment.Watcher
}

// newTraining finds the folder of the training with the seed, and the network if
// it is trained. The folder's name has the settings in it, so that other
// settings are another training.
func (r *Reproduction) newTraining(seed uint64) (*training, error) {
	s := r.options.Settings
	s.Training.Seed = seed
	what, err := json.Marshal(struct {
		Layers   []int
		Training model.Training
		Data     string
	}{s.Layers, s.Training, r.digest})
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256(what)
	dir := run.Dir(filepath.Join(r.options.Out, "train", fmt.Sprintf("seed%d-%s", seed, hex.EncodeToString(sum[:4]))))
	t := &training{network: &experiment.Network{Seed: seed, Dir: dir}}
	if len(r.trainings) == 0 {
		for _, x := range paper.Experiments {
			if x.Watch != nil {
				t.watchers = append(t.watchers, x.Watch(&r.context, dir))
			}
		}
	}
	return t, t.look(s.Training.Epochs)
}

// look takes the network from the folder if it was trained for so many epochs.
func (t *training) look(epochs int) error {
	content, err := os.ReadFile(t.network.Dir.Model())
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	f, err := model.Load(t.network.Dir.Model())
	if err != nil {
		return err
	}
	if !t.watched(epochs) {
		return nil
	}
	sum := sha256.Sum256(content)
	n := t.network
	n.Model, n.Digest, n.Seconds = f.Network, hex.EncodeToString(sum[:]), n.Dir.Seconds(len(f.Network.Maps()))
	return nil
}

// watched tells whether all watchers saw all epochs up to this one. A training
// that nobody looked on is of no use.
func (t *training) watched(epoch int) bool {
	for _, w := range t.watchers {
		if !w.Saw(epoch) {
			return false
		}
	}
	return true
}

// left is what there is to do, in images.
func (r *Reproduction) left(t *training) int {
	if t.network.Model != nil {
		return 0
	}
	train := r.context.Set.Train
	perEpoch := train.Len()
	for _, w := range t.watchers {
		perEpoch += w.Work()
	}
	done, _ := t.network.Dir.Position(data.Images{Images: train}, r.options.Engine)
	return (r.options.Settings.Training.Epochs-done)*perEpoch + train.Len() // the prior
}

// train trains the network, or takes up a training that was interrupted.
func (r *Reproduction) train(ctx context.Context, t *training) error {
	r.bar.Clear()
	n, out := t.network, r.options.Stdout
	if n.Model != nil {
		fmt.Fprintf(out, "%s: trained before\n", n.Dir)
		return nil
	}
	began, err := r.begin(ctx, t)
	if err != nil {
		return err
	}
	for _, w := range t.watchers {
		began.Observe(w)
		began.Observe(watched{bar: r.bar, work: w.Work()})
	}
	began.Observe(run.Terminal{Out: out, Bar: r.bar})
	fmt.Fprintf(out, "%s: %s on %d images of %s, %s; %s\n", n.Dir, run.Sizes(began.Trainer.Network.Config), began.Set.Train.Len(),
		data.Name(r.options.Data), cli.Count(began.Trainer.Settings.Epochs, "epoch", "epochs"), r.machine())
	work := r.left(t)
	if err := began.Train(ctx); err != nil {
		return err
	}
	if err := began.Finish(ctx); err != nil {
		return err
	}
	r.worked(work)
	return t.look(r.options.Settings.Training.Epochs)
}

// watched moves the bar by what a watcher does at an epoch.
type watched struct {
	run.Nop
	bar  *cli.Bar
	work int
}

func (w watched) Epoch(context.Context, run.Epoch) error {
	w.bar.Add(w.work)
	return nil
}

// begin starts the run in the folder, or resumes it if that is of use.
func (r *Reproduction) begin(ctx context.Context, t *training) (*run.Run, error) {
	s := r.options.Settings
	s.Training.Seed = t.network.Seed
	o := run.Options{
		Dir: t.network.Dir, Data: r.options.Data, Given: run.Given{Settings: s, Names: []string{"epochs", "layers", "batch", "lr", "seed"}},
		Every: run.DefaultEvery, Engine: r.options.Engine, Download: r.options.Stderr,
	}
	if epoch, ok := o.Dir.Position(data.Images{Images: r.context.Set.Train}, o.Engine); ok && t.watched(epoch) {
		return run.Resume(ctx, o)
	}
	o.Overwrite = true
	return run.Start(ctx, o)
}

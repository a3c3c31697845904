package reproduce

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"reflect"
	"slices"
	"strings"

	"github.com/targetprop/targetprop/cmd/internal/cli"
	"github.com/targetprop/targetprop/cmd/internal/data"
	"github.com/targetprop/targetprop/cmd/internal/modelfile"
	"github.com/targetprop/targetprop/cmd/internal/paper"
	"github.com/targetprop/targetprop/cmd/internal/paper/experiment"
	"github.com/targetprop/targetprop/cmd/internal/run"
	"github.com/targetprop/targetprop/cmd/internal/settings"
	"github.com/targetprop/targetprop/cmd/internal/task"
	"github.com/targetprop/targetprop/cmd/internal/together"
	"github.com/targetprop/targetprop/dataset"
	"github.com/targetprop/targetprop/internal/atomicfile"
	"github.com/targetprop/targetprop/model"
)

// training is the training of one network: a run as those of train. Experiments
// may watch that of the first.
type training struct {
	options  Options
	set      dataset.Set
	digest   string            // of its training images
	settings settings.Generate // as its trainer keeps them
	network  *experiment.Network
	watchers []experiment.Watcher
	looks    []string // names of experiments that want what the watchers saw, of those that are to be made
}

// newTraining finds the folder of the training with the seed. Its name has the
// settings and the digest of the images in it, so that others are another
// training.
func newTraining(o Options, set dataset.Set, digest string, seed uint64) (*training, error) {
	if o.Model != "" {
		return &training{options: o, set: set, network: &experiment.Network{Seed: seed, Dir: run.Dir(o.Model)}}, nil
	}
	s := o.Settings
	s.Training.Seed = seed
	what, err := json.Marshal(struct {
		Layers   []int
		Training model.Training
		Data     string
	}{s.Layers, s.Training, digest})
	if err != nil {
		return nil, err
	}
	s.Training.Batch = min(s.Training.Batch, set.Train.Len())
	sum := sha256.Sum256(what)
	dir := run.Dir(filepath.Join(o.Out, "train", fmt.Sprintf("seed%d-%s", seed, hex.EncodeToString(sum[:4]))))
	return &training{options: o, set: set, digest: digest, settings: s, network: &experiment.Network{Seed: seed, Dir: dir}}, nil
}

// watch has the experiments that want to look on.
func (t *training) watch(c *experiment.Context) {
	if t.options.Model != "" {
		return
	}
	for _, x := range paper.Experiments {
		if x.Watch == nil {
			continue
		}
		t.watchers = append(t.watchers, x.Watch(c, t.network.Dir))
		if slices.Contains(t.options.Only, x.Name) {
			t.looks = append(t.looks, x.Name)
		}
	}
}

// files are those that the experiments write that look on.
func (t *training) files() []string {
	var all []string
	for _, w := range t.watchers {
		all = append(all, w.File())
	}
	return all
}

// kept is how many epochs of this training are in the folder. It fails if something there would be lost by training: that may
// be the work of hours.
func (t *training) kept() (epochs int, err error) {
	epochs, err = t.position()
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return 0, nil
	case err != nil:
		return 0, fmt.Errorf("%s has a checkpoint that this training can not go on from (%w): move the folder elsewhere, or remove it", t.network.Dir, err)
	case epochs > 0 && !t.watched(epochs) && len(t.looks) > 0:
		return 0, fmt.Errorf("%s has trained %s, and not all that %s wants was seen on the way: leave that out with --only to go on with the network, or remove the folder to have it trained again",
			t.network.Dir, cli.Count(epochs, "epoch", "epochs"), strings.Join(t.looks, ", "))
	}
	return epochs, nil
}

// look takes the network of a run that was named as it is, and another if all epochs of this training have made it, and
// experiments that look on have seen them.
func (t *training) look() error {
	content, err := atomicfile.ReadFile(t.network.Dir.Model(), modelfile.MaxBytes)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	f, err := model.Load(t.network.Dir.Model())
	if err != nil && t.options.Model != "" {
		return err
	}
	if err != nil {
		fmt.Fprintln(t.options.Stderr, cli.Plain(fmt.Sprintf("targetprop: note: %v; it is made again", err)))
		return nil
	}
	early := f.Notes[modelfile.NoteEarly]
	if t.options.Model == "" {
		if !t.isOwn(f) {
			fmt.Fprintln(t.options.Stderr, cli.Plain(fmt.Sprintf("targetprop: note: %s is of other settings or images than this training's, and does not count", t.network.Dir.Model())))
			return nil
		}
		if early != "" || !t.watched(t.settings.Training.Epochs) && len(t.looks) > 0 {
			return nil
		}
	}
	n := t.network
	if !data.Named(t.options.Data) {
		if n.Reading, err = modelfile.ReadingOf(f.Notes); err != nil {
			return fmt.Errorf("%s: %w", n.Dir.Model(), err)
		}
	}
	sum := sha256.Sum256(content)
	f.Network.Group = t.options.Group
	n.Model, n.Digest, n.Early = f.Network, hex.EncodeToString(sum[:]), early
	s := f.Training
	n.Seconds, n.Timed = n.Dir.Seconds(task.GenerateColumns(f.Network.Config.Latents(), s.Patience), s.Epochs, early != "" || s.Patience > 0)
	return nil
}

// isOwn tells whether a model is of this training, whatever epochs have made it.
func (t *training) isOwn(f model.File) bool {
	config := t.settings.Config(t.set.Train.Dim())
	return f.Training == t.settings.Training && f.Notes[modelfile.NoteDigest] == t.digest && reflect.DeepEqual(f.Network.Config, config)
}

// watched tells whether all watchers saw all epochs up to this one, and has them go on from there. A training
// that nobody looked on is of no use to experiments that look on.
func (t *training) watched(epoch int) bool {
	for _, w := range t.watchers {
		if !w.Saw(epoch) {
			return false
		}
	}
	return true
}

// left is what there is to do after so many epochs, in images.
func (t *training) left(done int) int {
	n := t.set.Train.Len()
	perEpoch := n
	for _, w := range t.watchers {
		perEpoch += w.Work()
	}
	return (t.options.Settings.Training.Epochs-done)*perEpoch + n // the prior
}

// position is how far the run in the folder has come. It fails as [run.Dir.Position] does.
func (t *training) position() (epochs int, err error) {
	return t.network.Dir.Position(task.Generate, &t.settings, t.set, t.digest, t.options.Engine)
}

// train trains the network, or takes up a training that was interrupted.
func (t *training) train(ctx context.Context, p *progress) error {
	p.bar.Clear()
	n, out := t.network, t.options.Stdout
	if n.Model != nil {
		fmt.Fprintf(out, "%s: trained before\n", n.Dir)
		return nil
	}
	r, err := t.begin(ctx)
	if err != nil {
		return err
	}
	defer r.Close()
	for _, w := range t.watchers {
		r.Observe(w)
		r.Observe(epochWork{bar: p.bar, work: w.Work()})
	}
	r.Observe(run.Terminal{Out: out, Bar: p.bar})
	fmt.Fprintf(out, "%s: %s on %d images of %s, %s; %s\n", n.Dir, settings.Sizes(r.Trainer.Sizes()), r.Images,
		data.Name(t.options.Data), cli.Count(t.options.Settings.Training.Epochs, "epoch", "epochs"), t.options.machine())
	done, _ := r.Trainer.Position()
	work := t.left(done)
	if err := r.Train(ctx); err != nil {
		return err
	}
	if err := r.Finish(ctx); err != nil {
		return err
	}
	if r.Early {
		return fmt.Errorf("%s was finished after %s of %d epochs, and what is made here is of all of them: run the same again, which trains on", n.Dir, r.Position(), t.settings.Training.Epochs)
	}
	p.end(work)
	// No process looks before that of rank 0 has written.
	if _, err := together.Decide(t.options.Group, true); err != nil {
		return err
	}
	if err := t.look(); err != nil || n.Model != nil {
		return err
	}
	return fmt.Errorf("%s was trained, but its model, or what was measured beside it, could not be read again: has something changed the folder? Run the same again", n.Dir)
}

// begin starts the run in the folder, or resumes it if that is of use.
func (t *training) begin(ctx context.Context) (*run.Run, error) {
	o := run.Options{
		Dir: t.network.Dir, Data: t.options.Data, Task: task.Generate, Given: settings.All(&t.settings),
		Also: t.files(), Tuned: true, Every: run.DefaultEvery, Group: t.options.Group, Engine: t.options.Engine, Download: t.options.Stderr,
	}
	epoch, err := t.position()
	seen := t.watched(epoch)
	resume, err := together.Decide(t.options.Group, err == nil && (seen || len(t.looks) == 0))
	if err != nil {
		return nil, err
	}
	if resume {
		return run.Resume(ctx, o)
	}
	o.Overwrite = true
	return run.Start(ctx, o)
}

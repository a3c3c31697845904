package run

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"strconv"
	"time"

	"github.com/targetprop/targetprop/cmd/internal/cli"
	"github.com/targetprop/targetprop/cmd/internal/data"
	"github.com/targetprop/targetprop/cmd/internal/modelfile"
	"github.com/targetprop/targetprop/cmd/internal/settings"
	"github.com/targetprop/targetprop/cmd/internal/together"
	"github.com/targetprop/targetprop/dataset"
	"github.com/targetprop/targetprop/internal/atomicfile"
	"github.com/targetprop/targetprop/model"
)

// Resume takes up the run in the folder.
func Resume(ctx context.Context, o Options) (*Run, error) {
	r := newRun(o)
	c, err := model.LoadCheckpoint(r.Dir.Checkpoint())
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("nothing to resume: there is no %s; start a run without --resume, or name its folder with --out", r.Dir.Checkpoint())
	}
	if err != nil {
		return nil, err
	}
	if _, err := r.Dir.present(); err != nil {
		return nil, err
	}
	r.Source = o.Data
	if noted := c.Notes[noteSource]; noted != "" && !o.DataGiven {
		r.Source = noted
	}
	set, err := data.Load(ctx, o.Download, r.Source)
	if err != nil {
		return nil, err
	}
	if err := sameData(c, r.Source, set.Train); err != nil {
		return nil, err
	}
	r.Images = data.Share(o.Group, set.Train)
	if c.Training.Epochs, err = r.checkSettings(c, o.Given); err != nil {
		return nil, err
	}
	c.Network.Group = o.Group
	if r.Trainer, err = c.Resume(r.Images, o.Engine); err != nil {
		return nil, fmt.Errorf("%s: %w", r.Dir.Checkpoint(), err)
	}
	r.Notes = maps.Clone(c.Notes)
	delete(r.Notes, noteSource)
	delete(r.Notes, noteSeconds)
	if s, err := strconv.ParseFloat(c.Notes[noteSeconds], 64); err == nil && s > 0 && s < 1e9 {
		r.clock.carried = time.Duration(s * float64(time.Second))
	}
	r.log = newEpochLog(r.group, r.Dir.Log(), len(c.Network.Maps()))
	epochs, _ := r.Trainer.Position()
	if err := r.log.reload(epochs); err != nil {
		return nil, err
	}
	if err := r.agree(); err != nil {
		return nil, err
	}
	if together.Writes(r.group) {
		atomicfile.RemoveLeftovers(string(r.Dir))
	}
	return r, nil
}

// sameData fails unless the images are those that the run began with.
func sameData(c model.Checkpoint, source string, train dataset.Images) error {
	if c.Notes[modelfile.NoteDigest] == data.Digest(train) {
		return nil
	}
	return cli.Usagef("the run was begun on other data (%s) than the %d training images of %s: name the same data with --data, or start another run with --out",
		c.Notes[modelfile.NoteData], train.Len(), source)
}

// checkSettings compares what was given with the checkpoint and returns the
// number of epochs, the only setting that may change.
func (r *Run) checkSettings(c model.Checkpoint, given settings.Given) (epochs int, err error) {
	asked := settings.Settings{Layers: c.Network.Config.Sizes[1:], Training: c.Training}
	had := asked
	different, err := asked.Override(given)
	if err != nil {
		return 0, cli.Usage(err)
	}
	// A trainer cuts its batch to the size of the data.
	asked.Training.Batch = min(asked.Training.Batch, r.Images.Len())
	for _, name := range different {
		now, then := asked.Value(name), had.Value(name)
		switch {
		case now == then:
		case name != "epochs":
			return 0, cli.Usagef("--%s %s: the run in %s has %s, and --resume keeps its settings; leave the flag out, or start another run with --out", name, now, r.Dir, then)
		case asked.Training.Epochs < c.Training.Epochs:
			return 0, cli.Usagef("--epochs %s: the run in %s has %s, and --resume can only raise them", now, r.Dir, then)
		}
	}
	return asked.Training.Epochs, nil
}

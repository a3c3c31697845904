package main

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"strconv"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/targetprop/targetprop/dataset"
	"github.com/targetprop/targetprop/internal/atomicfile"
	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model"
)

// continueRun takes up the run in the folder.
func (o *trainOptions) continueRun(cmd *cobra.Command, engine *kernels.Engine) (*trainRun, error) {
	r := &trainRun{dir: o.runDir(), engine: engine, every: o.every, stdout: cmd.OutOrStdout(), stderr: cmd.ErrOrStderr()}
	c, err := model.LoadCheckpoint(r.dir.checkpoint())
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("nothing to resume: there is no %s; start a run without --resume, or name its folder with --out", r.dir.checkpoint())
	}
	if err != nil {
		return nil, err
	}
	if _, err := r.dir.present(); err != nil {
		return nil, err
	}
	r.source = o.data
	if noted := c.Notes[noteSource]; noted != "" && !cmd.Flags().Changed("data") {
		r.source = noted
	}
	if r.set, err = loadData(cmd.Context(), r.stderr, r.source); err != nil {
		return nil, err
	}
	if err := sameData(c, r.source, r.set.Train); err != nil {
		return nil, err
	}
	if c.Training.Epochs, err = r.checkSettings(c, cmd.Flags()); err != nil {
		return nil, err
	}
	if r.trainer, err = c.Resume(images{r.set.Train}, engine); err != nil {
		return nil, fmt.Errorf("%s: %w", r.dir.checkpoint(), err)
	}
	r.notes = maps.Clone(c.Notes)
	delete(r.notes, noteSource)
	delete(r.notes, noteSeconds)
	if s, err := strconv.ParseFloat(c.Notes[noteSeconds], 64); err == nil && s > 0 && s < 1e9 {
		r.carried = time.Duration(s * float64(time.Second))
	}
	r.log = newEpochLog(r.dir.log(), len(c.Network.Maps()))
	epochs, _ := r.trainer.Position()
	if err := r.log.reload(epochs); err != nil {
		return nil, err
	}
	atomicfile.RemoveLeftovers(string(r.dir))
	return r, nil
}

// sameData fails unless the images are those that the run began with.
func sameData(c model.Checkpoint, source string, train dataset.Images) error {
	if c.Notes[noteDigest] == digest(train) {
		return nil
	}
	return usagef("the run was begun on other data (%s) than the %d training images of %s: name the same data with --data, or start another run with --out",
		c.Notes[noteData], train.Len(), source)
}

// checkSettings compares the flags that the user gave with the checkpoint and
// returns the number of epochs, the only setting that may change.
func (r *trainRun) checkSettings(c model.Checkpoint, given *pflag.FlagSet) (epochs int, err error) {
	asked := settings{layers: c.Network.Config.Sizes[1:], training: c.Training}
	had := asked
	different, err := asked.override(given)
	if err != nil {
		return 0, usageError{err}
	}
	// A trainer cuts its batch to the size of the data.
	asked.training.Batch = min(asked.training.Batch, r.set.Train.Len())
	for _, name := range different {
		now, then := asked.flags().Lookup(name).Value.String(), had.flags().Lookup(name).Value.String()
		switch {
		case now == then:
		case name != "epochs":
			return 0, usagef("--%s %s: the run in %s has %s, and --resume keeps its settings; leave the flag out, or start another run with --out", name, now, r.dir, then)
		case asked.training.Epochs < c.Training.Epochs:
			return 0, usagef("--epochs %s: the run in %s has %s, and --resume can only raise them", now, r.dir, then)
		}
	}
	return asked.training.Epochs, nil
}

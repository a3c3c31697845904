package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/targetprop/targetprop/dataset"
	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model"
)

// trainRun is a training run at work.
type trainRun struct {
	dir     runDir
	source  string // of the data, as the user gave it
	set     dataset.Set
	notes   map[string]string // for the model
	trainer *model.Trainer
	engine  *kernels.Engine
	log     *epochLog

	every      time.Duration // between checkpoints
	saved      time.Time     // when the last one was written
	savedAt    [2]int        // at which position
	epochStart time.Time
	carried    time.Duration // spent on this epoch before an interruption

	// atEpoch, if any, is called with each number of epochs that is reached, 0
	// at first, before the log and the checkpoint tell of it.
	atEpoch func(ctx context.Context, epoch int) error

	stdout, stderr io.Writer
	bar            *bar
}

// complete trains to the end and writes the results.
//
// At any moment the process may be killed: what is on the disk is a checkpoint
// that leads to the same end, and the model comes last.
func (r *trainRun) complete(ctx context.Context) error {
	s := r.trainer.Settings
	fmt.Fprintf(r.stdout, "%s: %s on %d images of %s, %s; %s, %s\n", r.dir, sizes(r.trainer.Network.Config),
		r.set.Train.Len(), r.notes[noteData], count(s.Epochs, "epoch", "epochs"), r.engine.ISA(), count(r.engine.Threads(), "thread", "threads"))
	epoch, step := r.trainer.Position()
	if epoch > 0 || step > 0 {
		fmt.Fprintf(r.stdout, "continuing after %s and %s\n", count(epoch, "epoch", "epochs"), count(step, "minibatch", "minibatches"))
	}
	// The prior takes one more pass over the images.
	left := (s.Epochs-epoch+1)*r.set.Train.Len() - step*s.Batch
	r.bar = newBar(r.stderr, "", "images", int64(left))
	err := r.train(ctx)
	if err == nil {
		err = r.finish(ctx)
	}
	r.bar.clear()
	switch {
	case err == nil:
		r.summary()
		return nil
	case errors.Is(err, context.Canceled):
		return r.interrupted()
	case errors.Is(err, model.ErrDiverged):
		return r.diverged()
	}
	return fmt.Errorf("%w; the last checkpoint is whole: when that is mended, continue with %s", err, r.resumeLine())
}

// train runs the epochs that are left.
func (r *trainRun) train(ctx context.Context) error {
	if err := r.saveIfBehind(); err != nil {
		return err
	}
	if !r.trainer.Done() {
		fmt.Fprintln(r.stdout, epochHeading(len(r.trainer.Network.Maps())))
	}
	if r.position() == [2]int{0, 0} {
		if err := r.reachEpoch(ctx); err != nil {
			return err
		}
	}
	r.describeEpoch()
	r.epochStart = time.Now()
	for !r.trainer.Done() {
		n, err := r.trainer.Step()
		if err != nil {
			return err
		}
		r.bar.add(n)
		if _, step := r.trainer.Position(); step == 0 {
			if err := r.reachEpoch(ctx); err != nil {
				return err
			}
			if err := r.endEpoch(); err != nil {
				return err
			}
		} else if time.Since(r.saved) >= r.every {
			if err := r.save(); err != nil {
				return err
			}
		}
		if ctx.Err() != nil {
			return cmp.Or(r.saveIfBehind(), ctx.Err())
		}
	}
	return nil
}

// reachEpoch calls atEpoch. The time it takes is not counted as training.
func (r *trainRun) reachEpoch(ctx context.Context) error {
	if r.atEpoch == nil {
		return nil
	}
	defer r.stopClock()()
	epoch, _ := r.trainer.Position()
	return r.atEpoch(ctx, epoch)
}

// endEpoch reports an epoch. The log is written first: a row too many is
// dropped on --resume, one too few would be missing for ever.
func (r *trainRun) endEpoch() error {
	epoch, _ := r.trainer.Position()
	result := epochResult{epoch: epoch, losses: r.trainer.Losses(), images: r.set.Train.Len(), elapsed: r.epochTime()}
	r.epochStart, r.carried = time.Now(), 0
	if err := r.log.add(result); err != nil {
		return err
	}
	if err := r.save(); err != nil {
		return err
	}
	r.bar.clear()
	fmt.Fprintln(r.stdout, result.line())
	r.describeEpoch()
	return nil
}

func (r *trainRun) describeEpoch() {
	if epoch, _ := r.trainer.Position(); !r.trainer.Done() {
		r.bar.describe(fmt.Sprintf("epoch %d/%d", epoch+1, r.trainer.Settings.Epochs))
	}
}

// epochTime is the time spent on the epoch, without interruptions and saving.
func (r *trainRun) epochTime() time.Duration {
	if r.epochStart.IsZero() {
		return r.carried
	}
	return r.carried + time.Since(r.epochStart)
}

// stopClock leaves out of the epoch's time what passes before restart is called.
func (r *trainRun) stopClock() (restart func()) {
	began := time.Now()
	return func() {
		if !r.epochStart.IsZero() {
			r.epochStart = r.epochStart.Add(time.Since(began))
		}
	}
}

// save writes the checkpoint. The time it takes is not counted as training.
func (r *trainRun) save() error {
	defer r.stopClock()()
	notes := maps.Clone(r.notes)
	notes[noteSource] = r.source
	if !slices.Contains(namedData, r.source) {
		if abs, err := filepath.Abs(r.source); err == nil {
			notes[noteSource] = strings.ToValidUTF8(abs, "_")
		}
	}
	notes[noteSeconds] = strconv.FormatFloat(r.epochTime().Seconds(), 'f', 3, 64)
	if err := r.trainer.Save(r.dir.checkpoint(), notes); err != nil {
		return err
	}
	r.saved, r.savedAt = time.Now(), r.position()
	return nil
}

// saveIfBehind writes the checkpoint unless the position is already saved.
func (r *trainRun) saveIfBehind() error {
	if !r.saved.IsZero() && r.savedAt == r.position() {
		return nil
	}
	return r.save()
}

func (r *trainRun) position() [2]int {
	epoch, step := r.trainer.Position()
	return [2]int{epoch, step}
}

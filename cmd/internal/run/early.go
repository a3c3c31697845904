package run

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"time"

	"github.com/targetprop/targetprop/cmd/internal/cli"
	"github.com/targetprop/targetprop/cmd/internal/modelfile"
	"github.com/targetprop/targetprop/cmd/internal/together"
	"github.com/targetprop/targetprop/internal/atomicfile"
	"github.com/targetprop/targetprop/internal/folderlock"
)

// A request to finish is a file in the run's folder: it works on every system, from
// another machine that shares the disk, and for a group of processes. The process
// that trains takes it away, which is its answer.

// betweenLooks is the time between two looks for a request.
const betweenLooks = 250 * time.Millisecond

// ErrNobody is returned when nobody answers a request, ErrIdle when nobody is there who
// could.
var (
	ErrNobody = errors.New("nobody answers")
	ErrIdle   = errors.New("nobody trains there")
)

// AskToFinish asks the process that trains in the folder to finish now, and waits
// for its answer for so long.
func (d Dir) AskToFinish(ctx context.Context, patience time.Duration) error {
	if _, err := os.Stat(d.Checkpoint()); err != nil {
		return err
	}
	if err := folderlock.Check(string(d)); err != nil {
		return err
	}
	local := folderlock.Local(string(d)) // before Free, after which it is
	if folderlock.Free(string(d)) {
		return ErrIdle
	}
	if !atomicfile.OwnerMayRemove(d.Checkpoint()) {
		return fmt.Errorf("%s has the sticky bit, and another user's training there could not take a request away: ask that user to have it finish", d)
	}
	if err := atomicfile.WriteLoose(d.request(), []byte("finish now\n")); err != nil {
		return err
	}
	ctx, cancel := context.WithTimeoutCause(ctx, patience, ErrNobody)
	defer cancel()
	for {
		if _, err := os.Stat(d.request()); errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		ended := local && ctx.Err() == nil && folderlock.Free(string(d)) // it was at its end
		if ended || ctx.Err() != nil {
			switch was, err := atomicfile.Remove(d.request()); {
			case err != nil:
				return err
			case !was: // answered in this moment
				return nil
			case ended:
				return ErrIdle
			}
			return context.Cause(ctx)
		}
		select {
		case <-ctx.Done():
		case <-time.After(betweenLooks / 5):
		}
	}
}

// asked tells whether somebody asks to finish, and answers. It fails if the folder is this
// process's no more.
func (r *Run) asked() (bool, error) {
	if !together.Writes(r.group) || time.Since(r.looked) < betweenLooks {
		return false, nil
	}
	r.looked = time.Now()
	was, err := atomicfile.Remove(r.Dir.request())
	if errors.As(err, new(*folderlock.LostError)) {
		return false, err
	}
	return was, nil // what cannot be removed is no request
}

// decide tells, in all processes alike, whether to save and whether to finish.
func (r *Run) decide() (save, finish bool, err error) {
	const saveBit, finishBit = 1, 2
	var here byte
	if time.Since(r.saved) >= r.every {
		here |= saveBit
	}
	asked, err := r.asked()
	if err != nil {
		return false, false, err
	}
	if asked {
		here |= finishBit
	}
	said, err := together.DecideBits(r.group, here)
	return said&saveBit != 0, said&finishBit != 0, err
}

// stopEarly ends the training where it is. The checkpoint does not know of it, so
// that the run can go on; the model's notes do.
func (r *Run) stopEarly() error {
	if err := r.saveIfBehind(); err != nil {
		return err
	}
	r.Early = true
	r.Notes[modelfile.NoteEarly] = r.Position()
	return nil
}

// Position says how far the run has come.
func (r *Run) Position() string {
	epoch, step := r.Trainer.Position()
	return fmt.Sprintf("%s and %s", cli.Count(epoch, "epoch", "epochs"), cli.Count(step, "minibatch", "minibatches"))
}

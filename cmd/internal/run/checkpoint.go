package run

import (
	"errors"
	"maps"
	"path/filepath"
	"reflect"
	"runtime/debug"
	"strconv"
	"time"
	"unicode/utf8"

	"github.com/targetprop/targetprop/cmd/internal/data"
	"github.com/targetprop/targetprop/cmd/internal/modelfile"
	"github.com/targetprop/targetprop/cmd/internal/settings"
	"github.com/targetprop/targetprop/cmd/internal/task"
	"github.com/targetprop/targetprop/cmd/internal/together"
	"github.com/targetprop/targetprop/dataset"
	"github.com/targetprop/targetprop/internal/atomicfile"
	"github.com/targetprop/targetprop/kernels"
)

// Keys of notes in checkpoints only: a model has nothing of the machine or the
// time. The others are those of package modelfile.
const (
	noteSource  = modelfile.NoteSource
	noteSeconds = "epoch_seconds" // spent on the unfinished epoch
	noteLog     = "log_sha256"    // see epochLog.sum; only if the log has rows
	noteValid   = "valid_sha256"  // see judgedBy; only of runs that may stop early
)

// save writes the checkpoint. The time it takes is not counted as training.
func (r *Run) save() error {
	defer r.clock.stop()()
	notes := maps.Clone(r.Notes)
	notes[noteSource] = r.Source
	if !data.Named(r.Source) {
		if abs, err := filepath.Abs(r.Source); err == nil {
			notes[noteSource] = abs
		}
	}
	if !utf8.ValidString(notes[noteSource]) { // which a note can not keep
		delete(notes, noteSource)
	}
	notes[noteSeconds] = strconv.FormatFloat(r.clock.elapsed().Seconds(), 'f', 3, 64)
	if r.judges != "" {
		notes[noteValid] = r.judges
	}
	if sum := r.log.sum(); sum != "" {
		notes[noteLog] = sum
	}
	write := func() error { return r.Trainer.Save(r.Dir.Checkpoint(), notes) }
	if r.whole && together.Writes(r.group) {
		write = func() error {
			return atomicfile.KeepWhile(r.Dir.Checkpoint(), r.Dir.Previous(), func() error { return r.Trainer.Save(r.Dir.Checkpoint(), notes) })
		}
	}
	if err := write(); err != nil {
		return err
	}
	// No process goes on before that of rank 0 has written: one that ends early
	// would end it too.
	if _, err := together.Decide(r.group, true); err != nil {
		return err
	}
	// The tensors of the file are a copy of all that is trained, and a step allocates nothing:
	// the collector would find the next copy beside this one, and the first beside what the
	// reading of the images left.
	debug.FreeOSMemory()
	r.saved, r.savedAt, r.whole = time.Now(), r.position(), true
	return nil
}

// judgedBy is the digest of the validation images and labels by which training stops early, and the best epoch is
// found; "" if it does not.
func judgedBy(s settings.Settings, set dataset.Set) string {
	if settings.Value(s, "early-stop") == "0" {
		return ""
	}
	return data.Digest(set.Valid) + " " + data.LabelsDigest(set.Valid)
}

// load reads the last checkpoint, or the one before if that can not be read: damage then
// says what is wrong with the last.
func (d Dir) load(of task.Task) (c task.Checkpoint, damage, err error) {
	c, err = of.Load(d.Checkpoint())
	if err == nil {
		return c, nil, nil
	}
	if c, previous := of.Load(d.Previous()); previous == nil {
		return c, err, nil
	}
	return task.Checkpoint{}, nil, err
}

// saveIfBehind writes the checkpoint unless the position is already saved.
func (r *Run) saveIfBehind() error {
	if !r.saved.IsZero() && r.savedAt == r.position() {
		return nil
	}
	return r.save()
}

// ErrOther is returned of a checkpoint that is whole, and another run's.
var ErrOther = errors.New("its settings or images are others")

// Position is how far the run of the task in the folder has come on the images of this digest. It fails if there
// is no checkpoint that could be resumed, and with [ErrOther] if it has other settings or is of other images.
func (d Dir) Position(of task.Task, s settings.Settings, set dataset.Set, digest string, e *kernels.Engine) (epochs int, err error) {
	c, _, err := d.load(of)
	switch {
	case err != nil:
		return 0, err
	case c.Notes[modelfile.NoteDigest] != digest || !reflect.DeepEqual(c.Settings, s):
		return 0, ErrOther
	}
	last, _ := c.Settings.Schedule()
	t, err := c.Resume(data.Whole(set), *last, nil, e)
	if err != nil {
		return 0, err
	}
	epochs, _ = t.Position()
	return epochs, nil
}

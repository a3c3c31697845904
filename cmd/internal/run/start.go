package run

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/targetprop/targetprop/cmd/internal/cli"
	"github.com/targetprop/targetprop/cmd/internal/data"
	"github.com/targetprop/targetprop/cmd/internal/modelfile"
	"github.com/targetprop/targetprop/cmd/internal/settings"
	"github.com/targetprop/targetprop/cmd/internal/task"
	"github.com/targetprop/targetprop/cmd/internal/together"
	"github.com/targetprop/targetprop/dataset"
	"github.com/targetprop/targetprop/dataset/source"
	"github.com/targetprop/targetprop/internal/atomicfile"
)

// Start begins a run. Everything that can be wrong comes to light before
// anything is written, and then the first checkpoint shows that writing works. Only
// then is removed what another run left.
func Start(ctx context.Context, o Options) (run *Run, err error) {
	if err := o.Task.Check(o.Given, o.Group); err != nil {
		return nil, err
	}
	s := o.Task.Default(o.Data, o.Given)
	if _, err := settings.Override(s, o.Given); err != nil {
		return nil, cli.Usage(err)
	}
	if err := s.Validate(); err != nil {
		return nil, err
	}
	r := newRun(o)
	defer func() {
		if err != nil {
			r.Close()
		}
	}()
	r.Source = o.Data
	if err := data.CheckApart(ctx, o.Data, string(r.Dir)); err != nil {
		return nil, err
	}
	if err := r.own(o.Overwrite); err != nil {
		return nil, err
	}
	fits := o.Task.Fit != nil && !o.Tuned && !data.Named(o.Data)
	given := o.Given.Has("lr") && o.Given.Has("epochs")
	read := data.LoadPart
	// What follows from the data follows from all of them, and a part has no validation
	// images.
	if fits && !given || settings.Validates(s) {
		read = data.LoadWhole
	}
	set, err := read(ctx, o.Download, o.Data, o.Reading, o.Group)
	if err != nil {
		return nil, err
	}
	if err := set.Check(ctx); err != nil {
		return nil, fmt.Errorf("%s: %w", cli.Plain(o.Data), err)
	}
	r.Images = set.TrainLen()
	if fits && (set.Format != source.MNIST || !given) {
		r.Reasons = o.Task.Fit(set.Set, s, o.Given)
	} else {
		r.Reasons = settings.RateReason(s, o.Given)
	}
	set = set.Map(func(of dataset.Set) dataset.Set { return settings.Range(s, of) })
	uncut, err := data.Uncut(ctx, set.Set)
	if err != nil {
		return nil, err
	}
	if uncut != "" {
		r.note("%s", uncut)
	}
	if r.Trainer, err = r.build(ctx, func() (task.Trainer, error) { return o.Task.New(o.Data, set, s, o.Group, o.Engine) }); err != nil {
		return nil, err
	}
	if text := data.Unlearned(set.Set); text != "" && o.Task.Name != modelfile.Generate {
		r.note("%s", text)
	}
	_, batch := r.Trainer.Settings().Schedule()
	r.judges = judgedBy(r.Trainer.Settings(), set.Set)
	r.Memory = memoryOf(set.Set, r.Trainer.Sizes(), *batch)
	// The digest is of all examples, which may be more than fit in memory.
	if r.Notes, err = unlessInterrupted(ctx, func() (map[string]string, error) { return o.Task.Notes(o.Data, set), nil }, nil); err != nil {
		return nil, err
	}
	modelfile.NoteReading(r.Notes, o.Reading)
	r.log = newEpochLog(r.group, r.Dir.Log(), r.Trainer.Columns())
	if err := r.agree(); err != nil {
		return nil, err
	}
	if together.Writes(r.group) {
		if err := atomicfile.MakeFolder(string(r.Dir)); err != nil {
			return nil, fmt.Errorf("the folder of the run: %w", err)
		}
		// Again: another process may have come first while the data were read.
		if err := r.own(o.Overwrite); err != nil {
			return nil, err
		}
	}
	if err := r.save(); err != nil {
		return nil, err
	}
	if !together.Writes(r.group) {
		return r, nil
	}
	atomicfile.RemoveLeftovers(string(r.Dir))
	return r, r.Dir.removeOld()
}

// ErrAbandoned is returned when a run was interrupted before there was anything to save.
// What it had begun may go on until the process ends: its engine is not to be closed.
var ErrAbandoned error = abandoned{}

type abandoned struct{}

func (abandoned) Error() string { return "interrupted before the first step; nothing was written" }
func (abandoned) Unwrap() error { return context.Canceled }

// longStart is when the making of a network is worth a word.
const longStart = time.Second

// build makes the trainer. That takes a minute for layers of 8000 units, whose weights are
// made orthonormal: build says so.
func (r *Run) build(ctx context.Context, build func() (task.Trainer, error)) (task.Trainer, error) {
	return unlessInterrupted(ctx, build, func() {
		r.note("making the network, whose weights begin orthonormal; large layers take a while")
	})
}

// unlessInterrupted is what do makes, which takes no context. It does not wait for the end of
// do when ctx ends. It calls long, if there is one, when do has taken longStart.
func unlessInterrupted[T any](ctx context.Context, do func() (T, error), long func()) (made T, err error) {
	done := make(chan error, 1)
	var result T
	go func() {
		var err error
		result, err = do()
		done <- err
	}()
	var late <-chan time.Time
	if long != nil {
		late = time.After(longStart)
	}
	for {
		select {
		case err := <-done:
			return result, err
		case <-ctx.Done():
			return made, ErrAbandoned
		case <-late:
			long()
		}
	}
}

// own locks the folder, if it is there, and fails if the new run may not have it, or could not
// write all that it will.
func (r *Run) own(overwrite bool) error {
	found, err := r.Dir.present()
	if err != nil {
		return err
	}
	if err := r.lock(); err != nil {
		return err
	}
	if len(found) > 0 && !overwrite {
		return fmt.Errorf("%s exists: --resume continues that run, --overwrite replaces it, --out starts another elsewhere", found[0])
	}
	return r.check()
}

// agree fails unless all processes are about to train the same network on the
// same images with the same settings. None writes before all have come so far.
func (r *Run) agree() error {
	training, err := json.Marshal(r.Trainer.Settings())
	if err != nil {
		return err
	}
	return together.Agree(r.group,
		together.Fact{Name: "training images of SHA-256", Value: r.Notes[modelfile.NoteDigest]},
		together.Fact{Name: "a network of", Value: settings.Sizes(r.Trainer.Sizes())},
		together.Fact{Name: "settings", Value: string(training)},
		together.Fact{Name: "epochs and minibatches done", Value: fmt.Sprint(r.position())},
	)
}

// memoryOf says what a run takes: the examples, and a network of these sizes with minibatches of so many.
func memoryOf(set dataset.Set, sizes []int, batch int) string {
	examples := 0
	for _, part := range []dataset.Images{set.Train, set.Valid, set.Test} {
		examples += part.Len() * part.RawSize()
	}
	where := "in memory"
	if set.Train.Stored != nil {
		where = "on disk"
	}
	return fmt.Sprintf("%s of examples %s, at most about %s for the network, its training and its checkpoints", cli.Bytes(float64(examples)), where, cli.Bytes(task.Memory(sizes, batch, set.Train.Len())))
}

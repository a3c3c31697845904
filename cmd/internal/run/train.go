package run

import (
	"cmp"
	"context"
	"fmt"

	"github.com/targetprop/targetprop/cmd/internal/together"
)

// Train runs the epochs that are left, or those until somebody asks to finish. When
// ctx ends it saves and returns the context's error.
func (r *Run) Train(ctx context.Context) error {
	if err := r.saveIfBehind(); err != nil {
		return err
	}
	if err := r.beginLog(); err != nil {
		return err
	}
	e := r.epoch()
	r.tell(func(o Observer) { o.Start(e) })
	if err := ctx.Err(); err != nil { // during the first checkpoint, which may have taken long
		return err
	}
	if r.position() == [2]int{0, 0} {
		if err := r.reach(ctx, e); err != nil {
			return err
		}
	}
	r.clock.start()
	for !r.Trainer.Done() {
		n, err := r.Trainer.Step()
		if err != nil {
			return err
		}
		r.tell(func(o Observer) { o.Images(n) })
		if _, step := r.Trainer.Position(); step == 0 {
			if err := r.endEpoch(ctx); err != nil {
				return err
			}
		}
		due, asked, err := r.decide()
		if err != nil {
			return err
		}
		if due {
			if err := r.save(); err != nil {
				return err
			}
		}
		if ctx.Err() != nil {
			return cmp.Or(r.saveIfBehind(), ctx.Err())
		}
		if asked && !r.Trainer.Done() {
			return r.stopEarly()
		}
	}
	return nil
}

// beginLog keeps what is in the log's place and is not this run's under another name, and says
// so, also where rows are missing.
func (r *Run) beginLog() error {
	done, _ := r.Trainer.Position()
	switch {
	case r.Trainer.Done() || !together.Writes(r.group): // nothing more is written
	case r.foreign != "":
		kept, err := r.log.setAside()
		if err != nil {
			return err
		}
		begins := fmt.Sprint(done + 1)
		if rows := r.log.rows; len(rows) > 0 {
			begins = rows[0][0]
			if err := r.log.write(); err != nil {
				return err
			}
		}
		r.note("%s is not as this run left it (%s): it is kept as %s, and a new log begins with epoch %s", r.Dir.Log(), r.foreign, kept, begins)
	case r.lacking:
		r.note("%s has rows of %d of the %d epochs that are done: the others are not there any more", r.Dir.Log(), len(r.log.rows), done)
	}
	return nil
}

// endEpoch tells of an epoch and saves.
func (r *Run) endEpoch(ctx context.Context) error {
	// Before the checkpoint: the last one is of a network that was in order.
	if err := r.healthy(); err != nil {
		return err
	}
	e := r.epoch()
	if err := r.measure(ctx, &e); err != nil {
		return err
	}
	if r.Trainer.Done() { // perhaps before the last epoch
		e.Of = e.Number
	}
	if err := r.reach(ctx, e); err != nil {
		return err
	}
	r.clock.restart()
	if err := r.save(); err != nil {
		return err
	}
	r.tell(func(o Observer) { o.Saved(e) })
	return nil
}

// healthy fails, in all processes alike, if training went wrong.
func (r *Run) healthy() error {
	defer r.clock.stop()()
	return r.Trainer.Health()
}

// measure finds the figures of an epoch, which are not training. They take a second
// or so, and belong to the epoch: an interruption waits for them.
func (r *Run) measure(ctx context.Context, e *Epoch) (err error) {
	defer r.clock.stop()()
	e.Figures, err = r.Trainer.Figures(context.WithoutCancel(ctx))
	return err
}

// reach tells the observers of an epoch. The first error ends that.
func (r *Run) reach(ctx context.Context, e Epoch) error {
	defer r.clock.stop()()
	for _, o := range r.observers {
		if err := o.Epoch(ctx, e); err != nil {
			return err
		}
	}
	return r.log.Epoch(ctx, e)
}

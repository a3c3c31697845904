package run

import (
	"context"
	"fmt"
	"slices"

	"github.com/targetprop/targetprop/cmd/internal/task"
	"github.com/targetprop/targetprop/cmd/internal/together"
	"github.com/targetprop/targetprop/internal/atomicfile"
)

// Finish completes the network and writes the results, the model last.
func (r *Run) Finish(ctx context.Context) error {
	before := 0
	_, _ = atomicfile.Remove(r.Dir.request()) // it is being done
	what, _ := r.Trainer.Ending()
	r.tell(func(o Observer) { o.Ending(what) })
	err := r.Trainer.Finish(ctx, func(done int) {
		r.tell(func(o Observer) { o.Images(done - before) })
		before = done
	})
	if err != nil {
		return err
	}
	if s, ok := r.Trainer.(task.Sampler); ok {
		if err := s.WriteSamples(ctx, r.Dir.Samples()); err != nil {
			return err
		}
	}
	if !together.Writes(r.group) {
		return nil
	}
	return r.Trainer.SaveModel(r.Dir.Model(), r.Notes)
}

// Finished tells whether the folder holds the model that the run leads to, and
// takes it up. It fails unless all processes find the same.
func (r *Run) Finished() (bool, error) {
	finished := r.Trainer.Done() && r.Trainer.Restore(r.Dir.Model(), r.Notes)
	return finished, together.Agree(r.group, together.Fact{Name: r.Dir.Model() + " complete:", Value: fmt.Sprint(finished)})
}

// RestoreSamples makes up for a picture of a finished run that was removed.
func (r *Run) RestoreSamples(ctx context.Context) error {
	s, ok := r.Trainer.(task.Sampler)
	if !ok {
		return nil
	}
	found, err := r.Dir.present()
	if err != nil {
		return err
	}
	there, err := together.Decide(r.group, slices.Contains(found, r.Dir.Samples()))
	if err != nil || there {
		return err
	}
	return s.WriteSamples(ctx, r.Dir.Samples())
}

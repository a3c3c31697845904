package run

import (
	"context"
	"fmt"
	"os"

	"github.com/targetprop/targetprop/cmd/internal/cli"
	"github.com/targetprop/targetprop/cmd/internal/data"
	"github.com/targetprop/targetprop/cmd/internal/settings"
	"github.com/targetprop/targetprop/cmd/internal/together"
	"github.com/targetprop/targetprop/internal/atomicfile"
)

// Start begins a run. Everything that can be wrong comes to light before
// anything is written, and then the first checkpoint shows that writing works.
func Start(ctx context.Context, o Options) (*Run, error) {
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
	r.Source = o.Data
	var err error
	if o.Overwrite {
		_, err = r.Dir.present()
	} else {
		err = r.Dir.refuseIfUsed()
	}
	if err != nil {
		return nil, err
	}
	set, err := data.Load(ctx, o.Download, o.Data)
	if err != nil {
		return nil, err
	}
	r.Images = set.Train.Len()
	if r.Trainer, err = o.Task.New(o.Data, set, s, o.Group, o.Engine); err != nil {
		return nil, err
	}
	r.Notes = o.Task.Notes(o.Data, set)
	r.log = newEpochLog(r.group, r.Dir.Log(), r.Trainer.Columns())
	if err := r.agree(); err != nil {
		return nil, err
	}
	if together.Writes(r.group) {
		if err := os.MkdirAll(string(r.Dir), 0o777); err != nil {
			return nil, fmt.Errorf("the folder of the run: %w", err)
		}
	}
	if err := r.save(); err != nil {
		return nil, err
	}
	if !together.Writes(r.group) {
		return r, nil
	}
	atomicfile.RemoveLeftovers(string(r.Dir))
	return r, r.Dir.removeResults()
}

package run

import (
	"context"
	"fmt"
	"os"

	"github.com/targetprop/targetprop/cmd/internal/cli"
	"github.com/targetprop/targetprop/cmd/internal/data"
	"github.com/targetprop/targetprop/cmd/internal/modelfile"
	"github.com/targetprop/targetprop/cmd/internal/settings"
	"github.com/targetprop/targetprop/cmd/internal/together"
	"github.com/targetprop/targetprop/internal/atomicfile"
	"github.com/targetprop/targetprop/model"
)

// Start begins a run. Everything that can be wrong comes to light before
// anything is written, and then the first checkpoint shows that writing works.
func Start(ctx context.Context, o Options) (*Run, error) {
	s := settings.Default(o.Data)
	if _, err := s.Override(o.Given); err != nil {
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
	config := s.Config(set.Train.Dim())
	if err := config.Validate(); err != nil {
		return nil, cli.Usage(err)
	}
	network, err := model.New(config, s.Training.Seed, o.Engine)
	if err != nil {
		return nil, err
	}
	network.Group = o.Group
	r.Images = data.Share(o.Group, set.Train)
	if r.Trainer, err = model.NewTrainer(network, r.Images, s.Training, o.Engine); err != nil {
		return nil, err
	}
	r.Notes = modelfile.Notes(o.Data, set)
	r.log = newEpochLog(r.group, r.Dir.Log(), len(network.Maps()))
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

// Package reproduce makes the paper's experiments again: it trains the networks,
// makes the parts that are missing, keeps them, and writes the report.
package reproduce

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/targetprop/targetprop/cmd/internal/cli"
	"github.com/targetprop/targetprop/cmd/internal/data"
	"github.com/targetprop/targetprop/cmd/internal/paper"
	"github.com/targetprop/targetprop/cmd/internal/paper/experiment"
	"github.com/targetprop/targetprop/model"
)

// Reproduction is the work.
type Reproduction struct {
	options   Options
	context   experiment.Context
	digest    string // of the training images
	trainings []*training
	parts     []part
	store     experiment.Store
	kept      experiment.Records

	bar  *cli.Bar
	done int // work
}

// part is a part and whose it is.
type part struct {
	experiment.Part
	of string // name of the experiment
}

// New reads the data and lists the parts. Nothing is written before it has
// succeeded.
func New(ctx context.Context, o Options) (*Reproduction, error) {
	set, err := data.Load(ctx, o.Stderr, o.Data)
	if err != nil {
		return nil, err
	}
	if set.Train.Len() < MinSamples || set.Valid.Len() < 1 || set.Test.Len() < MinSamples {
		return nil, fmt.Errorf("%s has %d training, %d validation and %d test images: want at least %d, 1 and %d", o.Data, set.Train.Len(), set.Valid.Len(), set.Test.Len(), MinSamples, MinSamples)
	}
	if err := o.Settings.Config(set.Train.Dim()).Validate(); err != nil {
		return nil, cli.Usage(err)
	}
	amounts := experiment.AmountsFor(o.short(), o.Samples, set)
	if err := data.CheckAmount("--samples", amounts.Samples, set.Train.Dim()); err != nil {
		return nil, err
	}
	digest := data.Digest(set.Train)
	r := &Reproduction{
		options: o, digest: digest, store: experiment.Store(filepath.Join(o.Out, experiment.Folder)), kept: experiment.Records{},
		context: experiment.Context{Engine: o.Engine, Source: o.Data, Set: set, FullMNIST: digest == data.MNISTDigest, Settings: o.Settings, Amounts: amounts},
	}
	for i := range o.Seeds {
		t, err := r.newTraining(o.Settings.Training.Seed + uint64(i))
		if err != nil {
			return nil, err
		}
		r.trainings = append(r.trainings, t)
		r.context.Networks = append(r.context.Networks, t.network)
	}
	r.parts = r.allParts()
	return r, os.MkdirAll(string(r.store), 0o777)
}

// allParts lists what the report is made of, whether it was asked for or not,
// in the order in which it is made.
func (r *Reproduction) allParts() []part {
	var parts []part
	order := slices.Clone(paper.Experiments)
	slices.SortStableFunc(order, func(a, b experiment.Experiment) int { return cmp.Compare(a.Networks, b.Networks) })
	for _, x := range order {
		for _, p := range x.Parts(&r.context) {
			if p.Command == "" {
				p.Command = r.options.again([]string{x.Name})
			}
			parts = append(parts, part{p, x.Name})
		}
	}
	return parts
}

// wanted tells whether the part was asked for.
func (r *Reproduction) wanted(p part) bool { return slices.Contains(r.options.Only, p.of) }

// Make trains what is not trained and makes what is not there.
func (r *Reproduction) Make(ctx context.Context) error {
	if err := r.makeAll(ctx); err != nil {
		return r.explain(ctx, err)
	}
	return nil
}

func (r *Reproduction) makeAll(ctx context.Context) error {
	needed := make([]bool, len(r.trainings))
	work := 0
	for _, p := range r.parts {
		if !r.wanted(p) {
			continue
		}
		if p.Network != experiment.None {
			needed[p.Network] = true
		}
		if !r.take(p) {
			work += p.Work
		}
	}
	for i, t := range r.trainings {
		if needed[i] {
			work += r.left(t)
		}
	}
	r.bar = cli.NewBar(r.options.Stderr, "", "images", int64(work))
	defer r.bar.Clear()
	for i, t := range r.trainings {
		if needed[i] {
			if err := r.train(ctx, t); err != nil {
				return err
			}
		}
		for _, p := range r.parts {
			if p.Network == i || p.Network == experiment.None && i == 0 {
				if err := r.makePart(ctx, p); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// key is the part's key, if its network is trained.
func (r *Reproduction) key(p part) (key string, settings []byte, ok bool, err error) {
	network := ""
	if p.Network != experiment.None {
		if network = r.context.Networks[p.Network].Digest; network == "" {
			return "", nil, false, nil
		}
	}
	key, settings, err = p.Key(r.digest, network)
	return key, settings, err == nil, err
}

// take takes the part that an earlier run left, if there is one.
func (r *Reproduction) take(p part) bool {
	key, _, ok, err := r.key(p)
	if err != nil || !ok {
		return false
	}
	kept, ok := r.store.Load(p.Name, key)
	if ok {
		r.kept[p.Name] = kept
	}
	return ok
}

// makePart takes the part from an earlier run, or makes it if it is wanted.
func (r *Reproduction) makePart(ctx context.Context, p part) error {
	if r.take(p) {
		if r.wanted(p) {
			r.bar.Clear()
			fmt.Fprintf(r.options.Stdout, "%-24s kept from before\n", p.Name)
		}
		return nil
	}
	if !r.wanted(p) {
		return nil
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	key, settings, _, err := r.key(p)
	if err != nil {
		return err
	}
	r.bar.Describe(p.Name)
	began := time.Now()
	out, err := p.Run(ctx, func(share float64) {
		r.bar.Set(r.done + int(share*float64(p.Work)))
	})
	if err != nil {
		return fmt.Errorf("%s: %w", p.Name, err)
	}
	r.worked(p.Work)
	made := experiment.Record{
		Part: p.Name, Key: key, Settings: settings, Data: r.digest, Seed: r.context.Seed(), Command: p.Command,
		Seconds: time.Since(began).Seconds(), Machine: r.machine(), Version: cli.Version(),
	}
	if p.Network != experiment.None {
		network := r.context.Networks[p.Network]
		made.Model, made.Seed = network.Digest, network.Seed
	}
	if err := r.store.Save(&made, out); err != nil {
		return err
	}
	r.kept[p.Name] = made
	r.bar.Clear()
	fmt.Fprintf(r.options.Stdout, "%-24s %6.1f s\n", p.Name, made.Seconds)
	return nil
}

// worked moves the bar to the end of a piece of work.
func (r *Reproduction) worked(work int) {
	r.done += work
	r.bar.Set(r.done)
}

// machine is what the parts ran on.
func (r *Reproduction) machine() string {
	e := r.options.Engine
	return fmt.Sprintf("%s, %s", e.ISA(), cli.Count(e.Threads(), "thread", "threads"))
}

// explain says how to continue after an interruption.
func (r *Reproduction) explain(ctx context.Context, err error) error {
	switch {
	case errors.Is(err, context.Canceled) || ctx.Err() != nil && errors.Is(err, ctx.Err()):
		return fmt.Errorf("interrupted; what is done is kept in %s; continue with %s", r.options.Out, r.options.again(r.options.Only))
	case errors.Is(err, model.ErrDiverged):
		return fmt.Errorf("training diverged: the learning rate %v is too high for these settings; try a lower --lr", r.options.Settings.Training.Optimizer.Rate)
	}
	return err
}

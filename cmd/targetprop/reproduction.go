package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/targetprop/targetprop/dataset"
	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model"
	"github.com/targetprop/targetprop/model/measure"
)

// reproduction is reproduce at work.
type reproduction struct {
	options reproduceOptions
	engine  *kernels.Engine
	set     dataset.Set
	digest  string // of the training images
	amounts amounts
	seeds   []*seedRun
	parts   []part
	records map[string]record
	honest  *measure.CopyThreshold // of the test images, once a part needs it

	cmd            *cobra.Command
	stdout, stderr io.Writer
	bar            *bar
	done           int // work
}

// amounts are how much of what is measured.
type amounts struct {
	samples   int // in each row of the table
	steps     int // of the Markov chains whose ends are in the table
	fill      int // test images to fill in
	agreement int // test images on which gradients are compared after each epoch
	small     int // training images of Algorithm 1
	epochs    int // of Algorithm 1
}

// amountsFor are the published ones where there are any, but for a short run.
func amountsFor(o reproduceOptions, set dataset.Set) amounts {
	a := amounts{samples: 10000, steps: 20, fill: 1000, agreement: 1000, small: 5000, epochs: 10}
	if o.short {
		a = amounts{samples: 1000, steps: 10, fill: 100, agreement: 300, small: 1000, epochs: 5}
	}
	if o.samples > 0 {
		a.samples = o.samples
	}
	a.fill, a.agreement, a.small = min(a.fill, set.Test.Len()), min(a.agreement, set.Test.Len()), min(a.small, set.Train.Len())
	return a
}

// prepare reads the data and lists the parts. Nothing is written before it has
// succeeded.
func (r *reproduction) prepare() error {
	o := &r.options
	var err error
	if r.set, err = loadData(r.cmd.Context(), r.stderr, o.data); err != nil {
		return err
	}
	s := r.set
	if s.Train.Len() < minSamples || s.Valid.Len() < 1 || s.Test.Len() < minSamples {
		return fmt.Errorf("%s has %d training, %d validation and %d test images: want at least %d, 1 and %d", o.data, s.Train.Len(), s.Valid.Len(), s.Test.Len(), minSamples, minSamples)
	}
	if err := o.config(s.Train.Dim()).Validate(); err != nil {
		return usageError{err}
	}
	r.digest = digest(s.Train)
	o.fullMNIST = r.digest == mnistDigest
	r.amounts = amountsFor(*o, s)
	if err := checkAmount("--samples", r.amounts.samples, s.Train.Dim()); err != nil {
		return err
	}
	for i := range o.seeds {
		run, err := r.newSeedRun(o.training.Seed + uint64(i))
		if err != nil {
			return err
		}
		r.seeds = append(r.seeds, run)
	}
	r.parts = r.allParts()
	r.records = map[string]record{}
	return os.MkdirAll(filepath.Join(o.out, partsFolder), 0o777)
}

// mnistDigest is the digest of MNIST's first 50,000 training images, with which
// the published numbers compare.
const mnistDigest = "f15f846aa4b2e2877d404537b9c8d01fe13a202e540a5f33c7de53a4a3a7fb36"

// wanted tells whether the part was asked for.
func (r *reproduction) wanted(p part) bool { return slices.Contains(r.options.only, p.group) }

// make trains what is not trained and makes what is not there.
func (r *reproduction) make(ctx context.Context) error {
	needed := make([]bool, len(r.seeds))
	work := 0
	for _, p := range r.parts {
		if !r.wanted(p) {
			continue
		}
		if p.seed != noModel {
			needed[p.seed] = true
		}
		if !r.kept(p) {
			work += p.work
		}
	}
	for i, s := range r.seeds {
		if needed[i] {
			work += s.work(r)
		}
	}
	r.bar = newBar(r.stderr, "", "images", int64(work))
	defer r.bar.clear()
	for i, s := range r.seeds {
		if needed[i] {
			if err := r.train(ctx, s); err != nil {
				return err
			}
		}
		for _, p := range r.parts {
			if p.seed == i || p.seed == noModel && i == 0 {
				if err := r.makePart(ctx, p); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// partKey is the part's key, if its network is trained.
func (r *reproduction) partKey(p part) (key string, settings []byte, ok bool, err error) {
	model := ""
	if p.seed != noModel {
		if model = r.seeds[p.seed].digest; model == "" {
			return "", nil, false, nil
		}
	}
	key, settings, err = p.key(r.digest, model)
	return key, settings, err == nil, err
}

// kept tells whether an earlier run left the part, and takes it.
func (r *reproduction) kept(p part) bool {
	key, _, ok, err := r.partKey(p)
	if err != nil || !ok {
		return false
	}
	kept, ok := r.store().load(p.name, key)
	if ok {
		r.records[p.name] = kept
	}
	return ok
}

func (r *reproduction) store() partStore {
	return partStore(filepath.Join(r.options.out, partsFolder))
}

// makePart takes the part from an earlier run, or makes it if it is wanted.
func (r *reproduction) makePart(ctx context.Context, p part) error {
	if r.kept(p) {
		if r.wanted(p) {
			r.bar.clear()
			fmt.Fprintf(r.stdout, "%-24s kept from before\n", p.name)
		}
		return nil
	}
	if !r.wanted(p) {
		return nil
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	key, settings, _, err := r.partKey(p)
	if err != nil {
		return err
	}
	r.bar.describe(p.name)
	began := time.Now()
	out, err := p.run(ctx, func(share float64) {
		r.bar.set(r.done + int(share*float64(p.work)))
	})
	if err != nil {
		return fmt.Errorf("%s: %w", p.name, err)
	}
	r.done += p.work
	r.bar.set(r.done)
	made := record{
		Part: p.name, Key: key, Settings: settings, Data: r.digest, Seed: r.options.training.Seed, Command: p.command,
		Seconds: time.Since(began).Seconds(), Machine: r.machine(), Version: version(),
	}
	if p.seed != noModel {
		made.Model, made.Seed = r.seeds[p.seed].digest, r.seeds[p.seed].seed
	}
	if err := r.store().save(&made, out); err != nil {
		return err
	}
	r.records[p.name] = made
	r.bar.clear()
	fmt.Fprintf(r.stdout, "%-24s %6.1f s\n", p.name, made.Seconds)
	return nil
}

// machine is what the parts ran on.
func (r *reproduction) machine() string {
	return fmt.Sprintf("%s, %s", r.engine.ISA(), count(r.engine.Threads(), "thread", "threads"))
}

// explain says how to continue after an interruption.
func (r *reproduction) explain(ctx context.Context, err error) error {
	switch {
	case errors.Is(err, context.Canceled) || ctx.Err() != nil && errors.Is(err, ctx.Err()):
		return fmt.Errorf("interrupted; what is done is kept in %s; continue with %s", r.options.out, r.again(r.options.only))
	case errors.Is(err, model.ErrDiverged):
		return fmt.Errorf("training diverged: the learning rate %v is too high for these settings; try a lower --lr", r.options.training.Optimizer.Rate)
	}
	return err
}

// again is the command line that makes these parts with the options of this
// run, as a user would type it: without what is the default.
func (r *reproduction) again(only []string) string {
	o := r.options
	args := append([]string{"reproduce"}, o.chosen...)
	if len(only) < len(groups) {
		args = append(args, "--only", strings.Join(only, ","))
	}
	if o.out != defaultReportDir(o.data) {
		args = append(args, "--out", o.out)
	}
	return commandLine(args...)
}

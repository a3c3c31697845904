// Package reproduce makes the paper's experiments again: it trains the networks,
// makes the parts that are missing, keeps them, and writes the report.
package reproduce

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/targetprop/targetprop/cmd/internal/cli"
	"github.com/targetprop/targetprop/cmd/internal/data"
	"github.com/targetprop/targetprop/cmd/internal/modelfile"
	"github.com/targetprop/targetprop/cmd/internal/paper/experiment"
	"github.com/targetprop/targetprop/cmd/internal/settings"
	"github.com/targetprop/targetprop/cmd/internal/together"
	"github.com/targetprop/targetprop/dataset"
	"github.com/targetprop/targetprop/internal/atomicfile"
	"github.com/targetprop/targetprop/internal/folderlock"
	"github.com/targetprop/targetprop/model"
)

// Reproduction is the work.
type Reproduction struct {
	options   Options
	context   experiment.Context
	digest    string // of the training images
	looked    string // of all that parts look at: see digestOf
	trainings []*training
	parts     []part
	store     experiment.Store
	kept      experiment.Records
	progress  progress
	locked    *folderlock.Lock // of the folder, by the process that writes
	disown    func()           // the folder, or nil
}

// New reads the data and lists the parts. Nothing is written before it has
// succeeded.
func New(ctx context.Context, o Options) (made *Reproduction, err error) {
	var locked *folderlock.Lock
	defer func() {
		if err != nil {
			locked.Release()
		}
	}()
	if err := data.CheckApart(ctx, o.Data, o.Out); err != nil {
		return nil, err
	}
	if info, err := os.Stat(o.Out); err == nil && !info.IsDir() {
		return nil, fmt.Errorf("--out %s is a file, want a folder", cli.Plain(o.Out))
	} else if err == nil {
		if locked, err = lock(o); err != nil {
			return nil, err
		}
		if together.Writes(o.Group) {
			if err := o.checkReports(); err != nil {
				return nil, err
			}
		}
	}
	set, err := load(ctx, o)
	if err != nil {
		return nil, err
	}
	if o.Model == "" && set.Doubt != nil {
		return nil, fmt.Errorf("%s: %w; a run that train was told how to read them for is taken with --model", cli.Plain(o.Data), data.WithFlag(set.Doubt))
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
		options: o, digest: digest, looked: digestOf(o.Data, set, digest), store: o.store(), kept: experiment.Records{},
		context: experiment.Context{Group: o.Group, Engine: o.Engine, Source: o.Data, Set: set, FullMNIST: digest == data.MNISTDigest, Settings: o.Settings, Amounts: amounts},
	}
	for i := range o.Seeds {
		t, err := newTraining(o, set, digest, o.Settings.Training.Seed+uint64(i))
		if err != nil {
			return nil, err
		}
		if i == 0 {
			t.watch(&r.context)
		}
		if err := t.look(); err != nil {
			return nil, err
		}
		r.trainings = append(r.trainings, t)
		r.context.Networks = append(r.context.Networks, t.network)
	}
	r.parts = partsOf(&r.context, o)
	if _, err := data.Classes(o.Data, set); err != nil && !slices.ContainsFunc(r.parts, func(p part) bool { return slices.Contains(o.Only, p.of) }) {
		return nil, fmt.Errorf("nothing to make of --only %s: %w", strings.Join(o.Only, ","), err)
	}
	if err := r.agree(); err != nil || !together.Writes(o.Group) {
		return r, err
	}
	if _, err := data.EveryClass(o.Data, set); err != nil && slices.ContainsFunc(r.parts, func(p part) bool { return p.of == "labels" && slices.Contains(o.Only, p.of) }) {
		fmt.Fprintf(o.Stderr, "targetprop: note: the generative model with labels is left out: %s\n", cli.Plain(err.Error()))
	}
	if err := atomicfile.MakeFolder(o.Out); err != nil {
		return nil, err
	}
	if locked == nil {
		if locked, err = lock(o); err != nil {
			return nil, err
		}
	}
	r.locked, r.disown = locked, atomicfile.Own(o.Out, locked.Held)
	defer func() {
		if err != nil {
			r.disown()
		}
	}()
	if err := atomicfile.MakeFolder(string(r.store)); err != nil {
		return nil, err
	}
	return r, nil
}

// load reads the images: with a model, as it reads them.
func load(ctx context.Context, o Options) (dataset.Set, error) {
	if o.Model == "" {
		return data.Load(ctx, o.Stderr, o.Data)
	}
	m, err := modelfile.Load(o.Model)
	if err != nil {
		return dataset.Set{}, err
	}
	set, _, err := m.LoadData(ctx, o.Stderr, o.Data, true)
	return set, err
}

// lock keeps other processes out of the folder.
func lock(o Options) (*folderlock.Lock, error) {
	if !together.Writes(o.Group) {
		return nil, nil
	}
	l, err := folderlock.Take(o.Out, "targetprop reproduce")
	if err == nil && l.Note != "" {
		fmt.Fprintf(o.Stderr, "targetprop: note: %s\n", l.Note)
	}
	return l, err
}

// Close leaves the folder to other processes.
func (r *Reproduction) Close() {
	if r.disown != nil {
		r.disown()
	}
	r.locked.Release()
}

// digestOf is the digest of the examples of all parts, and of their labels. Of a set that has a name that of its
// training images says all.
func digestOf(source string, set dataset.Set, training string) string {
	if data.Named(source) {
		return training
	}
	h := sha256.New()
	for _, text := range []string{training, data.LabelsDigest(set.Train), data.Digest(set.Valid), data.LabelsDigest(set.Valid), data.Digest(set.Test), data.LabelsDigest(set.Test)} {
		fmt.Fprintln(h, text)
	}
	return hex.EncodeToString(h.Sum(nil))
}

// agree fails unless all processes have the same data and see the same networks.
func (r *Reproduction) agree() error {
	facts := []together.Fact{{Name: "training images of SHA-256", Value: r.digest}}
	for _, n := range r.context.Networks {
		facts = append(facts, together.Fact{Name: string(n.Dir) + " with a model of SHA-256", Value: n.Digest})
	}
	return together.Agree(r.options.Group, facts...)
}

// explain says how to continue after an interruption.
func (r *Reproduction) explain(ctx context.Context, err error) error {
	var lost *folderlock.LostError
	switch {
	case errors.As(err, &lost):
		return lost
	case errors.Is(err, context.Canceled) || ctx.Err() != nil && errors.Is(err, ctx.Err()):
		return fmt.Errorf("interrupted; what is done is kept in %s; continue with %s", r.options.Out, r.options.again(r.options.Only))
	case errors.Is(err, model.ErrDiverged):
		cause, advice := settings.Blame(&r.options.Settings, err)
		return fmt.Errorf("training diverged: %s; try %s", cause, advice)
	}
	return err
}

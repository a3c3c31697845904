package run

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"strconv"
	"time"

	"golang.org/x/text/unicode/norm"

	"github.com/targetprop/targetprop/cmd/internal/cli"
	"github.com/targetprop/targetprop/cmd/internal/data"
	"github.com/targetprop/targetprop/cmd/internal/modelfile"
	"github.com/targetprop/targetprop/cmd/internal/settings"
	"github.com/targetprop/targetprop/cmd/internal/together"
	"github.com/targetprop/targetprop/dataset"
	"github.com/targetprop/targetprop/internal/atomicfile"
)

// Resume takes up the run in the folder.
func Resume(ctx context.Context, o Options) (run *Run, err error) {
	r := newRun(o)
	defer func() {
		if err != nil {
			r.Close()
		}
	}()
	if err := r.lock(); err != nil {
		return nil, err
	}
	c, damage, err := r.Dir.load(o.Task)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("nothing to resume: there is no %s; start a run without --resume, or name its folder with --out", r.Dir.Checkpoint())
	}
	if err != nil {
		return nil, err
	}
	if r.whole = damage == nil; !r.whole {
		r.note("the last checkpoint can not be read (%v); continuing from the one before it, %s", damage, r.Dir.Previous())
	}
	if err := o.Task.Check(o.Given, o.Group); err != nil {
		return nil, err
	}
	if _, err := r.Dir.present(); err != nil {
		return nil, err
	}
	r.Source = o.Data
	switch noted := c.Notes[noteSource]; {
	case o.DataGiven:
	case noted != "":
		r.Source = noted
	case !data.Named(c.Notes[modelfile.NoteData]):
		return nil, cli.Usagef("the run in %s was begun on a folder or a file, %s, and could not note where that is: say so with --data", r.Dir, cli.Plain(c.Notes[modelfile.NoteData]))
	}
	how, err := modelfile.ReadingOf(c.Notes)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", r.Dir.Checkpoint(), err)
	}
	if o.Reading != (data.Reading{}) && !o.Reading.Same(how) {
		return nil, cli.Usagef("the run in %s has read its data in another way, and --resume keeps that: leave --size, --split, --split-seed and --label out, or start another run with --out", r.Dir)
	}
	if data.Named(r.Source) {
		how = data.Reading{}
	}
	read := data.LoadPart
	if settings.Validates(c.Settings) {
		read = data.LoadWhole
	}
	set, err := read(ctx, o.Download, r.Source, how, o.Group)
	if err != nil {
		if _, missing := os.Stat(r.Source); missing != nil && !o.DataGiven && !data.Named(r.Source) {
			err = fmt.Errorf("the run in %s was begun on %s, and its data can not be read there any more (%w): say with --data where they are now", r.Dir, cli.Plain(r.Source), missing)
		}
		return nil, err
	}
	if _, err := unlessInterrupted(ctx, func() (any, error) { return nil, sameData(c.Notes, r.Source, set) }, nil); err != nil {
		return nil, err
	}
	set = set.Map(func(s dataset.Set) dataset.Set { return settings.Range(c.Settings, s) })
	r.Images = set.TrainLen()
	epochs, err := r.checkSettings(c.Settings, o.Given)
	if err != nil {
		return nil, err
	}
	if r.Trainer, err = c.Resume(set, epochs, o.Group, o.Engine); err != nil {
		return nil, fmt.Errorf("%s: %w", r.Dir.Checkpoint(), err)
	}
	r.judges = judgedBy(c.Settings, set.Set)
	if noted, ok := c.Notes[noteValid]; ok && noted != r.judges {
		return nil, cli.Usagef("the run was begun with other validation images, or labels of them, than those of %s, and stops by them: name the same data with --data, or start another run with --out", cli.Plain(r.Source))
	}
	r.Notes = maps.Clone(c.Notes)
	delete(r.Notes, noteValid)
	delete(r.Notes, noteSource)
	delete(r.Notes, noteSeconds)
	delete(r.Notes, noteLog)
	if s, err := strconv.ParseFloat(c.Notes[noteSeconds], 64); err == nil && s > 0 && s < 1e9 {
		r.clock.carried = time.Duration(s * float64(time.Second))
	}
	r.log = newEpochLog(r.group, r.Dir.Log(), r.Trainer.Columns())
	done, _ := r.Trainer.Position()
	if r.foreign, err = r.log.reload(done, c.Notes[noteLog]); err != nil {
		return nil, err
	}
	sum := r.log.sum()
	r.lacking = len(r.log.rows) < done && (sum == "" || sum != c.Notes[noteLog])
	if _, err := os.Stat(r.Dir.Model()); err != nil || !r.Trainer.Done() { // there is work left
		if err := r.check(); err != nil {
			return nil, err
		}
	}
	if err := r.agree(); err != nil {
		return nil, err
	}
	if together.Writes(r.group) {
		atomicfile.RemoveLeftovers(string(r.Dir))
		if _, err := atomicfile.Remove(r.Dir.request()); err != nil {
			return nil, err
		}
	}
	if damage != nil && r.Trainer.Done() { // nothing else would write it again
		if err := r.save(); err != nil {
			return nil, err
		}
	}
	return r, nil
}

// sameData fails unless the images, and the labels if they count, are those that
// the run began with.
func sameData(notes map[string]string, source string, set data.Set) error {
	labels, count := notes[modelfile.NoteLabels]
	if notes[modelfile.NoteDigest] == set.Digest() && (!count || labels == data.LabelsDigest(set.Train)) {
		return sameNames(notes, source, set)
	}
	return cli.Usagef("the run was begun on other data (%s) than the %d training images of %s: name the same data with --data, or start another run with --out",
		cli.Plain(notes[modelfile.NoteData]), set.TrainLen(), cli.Plain(source))
}

// sameNames fails if the same numbers stand for other classes or columns than those that the run
// began with, as far as it has noted their names.
func sameNames(notes map[string]string, source string, set data.Set) error {
	now := map[string]string{}
	set.Shape().Note(now)
	modelfile.NoteNames(now, set)
	for _, key := range []string{modelfile.NoteClasses, data.NoteColumns} {
		if noted, ok := notes[key]; ok && norm.NFC.String(now[key]) != norm.NFC.String(noted) {
			return cli.Usagef("the run was begun on data whose %s are called %s; those of %s are %s: name the same data with --data, or start another run with --out",
				key, noted, cli.Plain(source), cmp.Or(now[key], "without names"))
		}
	}
	return nil
}

// checkSettings compares what was given with the checkpoint's settings and returns
// the number of epochs, the only setting that may change.
func (r *Run) checkSettings(s settings.Settings, given settings.Given) (epochs int, err error) {
	had := map[string]string{}
	for _, g := range given {
		had[g.Name] = settings.Value(s, g.Name)
	}
	last, batch := s.Schedule()
	before := *last
	different, err := settings.Override(s, given)
	if err != nil {
		return 0, cli.Usage(err)
	}
	// A trainer cuts its batch to the size of the data.
	*batch = min(*batch, r.Images)
	for _, name := range different {
		now, then := settings.Value(s, name), had[name]
		switch {
		case now == then:
		case name != "epochs":
			return 0, cli.Usagef("--%s %s: the run in %s has %s, and --resume keeps its settings; leave the flag out, or start another run with --out", name, now, r.Dir, then)
		case *last < before:
			return 0, cli.Usagef("--epochs %s: the run in %s has %s, and --resume can only raise them", now, r.Dir, then)
		}
	}
	return *last, nil
}

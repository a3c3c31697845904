package data

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/targetprop/targetprop/cmd/internal/cli"
	"github.com/targetprop/targetprop/dataset"
	"github.com/targetprop/targetprop/dataset/reading"
	"github.com/targetprop/targetprop/dataset/source"
)

// Load reads a set by its name or from its path, and shows progress on w.
func Load(ctx context.Context, w io.Writer, from string) (dataset.Set, error) {
	return Read(ctx, w, from, Reading{})
}

// Read is Load of a path that is read in a certain way.
func Read(ctx context.Context, w io.Writer, from string, how Reading) (dataset.Set, error) {
	if from == "" {
		return dataset.Set{}, cli.Usagef(`--data "": want one of %s, or a folder or a file`, strings.Join(Names, ", "))
	}
	options, err := how.options()
	if err != nil {
		return dataset.Set{}, err
	}
	if Named(from) {
		if how != (Reading{}) {
			return dataset.Set{}, cli.Usagef("--size, --split and --label go with a folder or a file, not with --data %s", from)
		}
		noteNamesake(w, from)
		o, bar := showing(w)
		set, err := dataset.Load(ctx, from, o)
		bar.clear()
		return set, err
	}
	var bar *cli.Bar
	options.Progress = func(done, total int) {
		if bar == nil {
			bar = cli.NewBar(w, "reading", "images", int64(total))
		}
		bar.Set(done)
	}
	set, err := source.Load(ctx, from, options)
	bar.Clear()
	if err != nil {
		return set, oneLine{err}
	}
	if set.PassedOver != "" {
		fmt.Fprintf(w, "targetprop: note: %s: %s\n", cli.Plain(from), cli.Plain(set.PassedOver))
	}
	return set, nil
}

// noteNamesake says that a file or folder of the user's that has the name of a set is not what is read.
func noteNamesake(w io.Writer, source string) {
	if _, err := os.Stat(source); err == nil && Named(source) {
		fmt.Fprintf(w, "targetprop: note: the data are the set that is called %s; what has that name in this folder is ./%s\n", source, source)
	}
}

// oneLine is an error with names of files, classes and columns in it, as one line.
type oneLine struct{ error }

func (o oneLine) Error() string { return cli.Plain(o.error.Error()) }
func (o oneLine) Unwrap() error { return o.error }

// WithFlag adds to an error which of the flags of [Reading] may help, in commands that have them.
func WithFlag(err error) error {
	if unread := (reading.Unread{}); errors.As(err, &unread) {
		return fmt.Errorf("%w; %s", err, unread.Flag)
	}
	return err
}

// find finds the training images of a set, and shows a download's progress on w.
func find(ctx context.Context, w io.Writer, source string) (dataset.Training, error) {
	o, bar := showing(w)
	t, err := dataset.FindTraining(ctx, source, o)
	bar.clear()
	return t, err
}

// downloads is a bar for each file of a download.
type downloads struct {
	w       io.Writer
	bar     *cli.Bar
	current string
	before  int64
}

// showing are options that show the progress of downloads on w.
func showing(w io.Writer) (dataset.Options, *downloads) {
	d := &downloads{w: w}
	return dataset.Options{Progress: d.progress}, d
}

func (d *downloads) progress(name string, done, total int64) {
	if name != d.current || done < d.before {
		d.bar.Clear()
		d.bar, d.current, d.before = cli.NewBar(d.w, name, cli.UnitBytes, total), name, 0
	}
	d.bar.Add(int(done - d.before))
	d.before = done
}

func (d *downloads) clear() { d.bar.Clear() }

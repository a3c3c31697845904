package data

import (
	"context"
	"io"
	"strings"

	"github.com/targetprop/targetprop/cmd/internal/cli"
	"github.com/targetprop/targetprop/dataset"
)

// Load reads a set and shows a download's progress on w.
func Load(ctx context.Context, w io.Writer, source string) (dataset.Set, error) {
	if source == "" {
		return dataset.Set{}, cli.Usagef(`--data "": want one of %s, or a folder`, strings.Join(Names, ", "))
	}
	o, bar := showing(w)
	set, err := dataset.Load(ctx, source, o)
	bar.clear()
	return set, err
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

package data

import (
	"context"
	"io"
	"strings"

	"github.com/targetprop/targetprop/cmd/internal/cli"
	"github.com/targetprop/targetprop/dataset"
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
	var bar *cli.Bar
	if Named(from) {
		if how != (Reading{}) {
			return dataset.Set{}, cli.Usagef("--size, --split and --label go with a folder or a file, not with --data %s", from)
		}
		var current string
		var before int64
		set, err := dataset.Load(ctx, from, dataset.Options{Progress: func(name string, done, total int64) {
			if name != current || done < before {
				bar.Clear()
				bar, current, before = cli.NewBar(w, name, cli.UnitBytes, total), name, 0
			}
			bar.Add(int(done - before))
			before = done
		}})
		bar.Clear()
		return set, err
	}
	options.Progress = func(done, total int) {
		if bar == nil {
			bar = cli.NewBar(w, "reading", "images", int64(total))
		}
		bar.Set(done)
	}
	set, err := source.Load(ctx, from, options)
	bar.Clear()
	return set, err
}

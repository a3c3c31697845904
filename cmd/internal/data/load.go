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
	var bar *cli.Bar
	var current string
	var before int64
	set, err := dataset.Load(ctx, source, dataset.Options{Progress: func(name string, done, total int64) {
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

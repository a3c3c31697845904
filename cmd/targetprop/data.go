package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/pflag"

	"github.com/targetprop/targetprop/dataset"
)

// defaultData is built in and needs no network.
const defaultData = "digits"

// namedData are the sets that have names; any other source is a folder.
var namedData = []string{defaultData, "mnist", "fashion-mnist"}

const dataUsage = "`source` of the images: digits (built in), mnist, fashion-mnist (downloaded once), or a folder with the four IDX files"

// addData defines --data.
func addData(flags *pflag.FlagSet, data *string, value string) {
	flags.StringVar(data, "data", value, dataUsage)
}

// images are 8-bit images as the model reads them: pixels in [0,1].
type images struct{ dataset.Images }

func (s images) Read(i int, dst []float32) {
	for j, p := range s.Row(i) {
		dst[j] = float32(p) / 255
	}
}

// dataName is the name of a source in models and of its folder of runs. That
// of a folder is "./" and its base name: the way to it is of this machine only,
// and "mnist" alone would be another set.
func dataName(source string) string {
	if slices.Contains(namedData, source) {
		return source
	}
	base := "."
	if abs, err := filepath.Abs(source); err == nil {
		base = filepath.Base(abs)
	}
	if base == "." || base == string(filepath.Separator) {
		base = "data"
	}
	return "./" + strings.ToValidUTF8(base, "_")
}

// loadData reads a set and shows a download's progress on w.
func loadData(ctx context.Context, w io.Writer, source string) (dataset.Set, error) {
	if source == "" {
		return dataset.Set{}, usagef(`--data "": want one of %s, or a folder`, strings.Join(namedData, ", "))
	}
	var b *bar
	var current string
	var before int64
	set, err := dataset.Load(ctx, source, dataset.Options{Progress: func(name string, done, total int64) {
		if name != current || done < before {
			b.clear()
			b, current, before = newBar(w, name, unitBytes, total), name, 0
		}
		b.add(int(done - before))
		before = done
	}})
	b.clear()
	return set, err
}

// digest identifies the training images.
func digest(set dataset.Images) string {
	h := sha256.New()
	fmt.Fprintf(h, "%d %d %d\n", set.Len(), set.Height, set.Width)
	h.Write(set.Pixels)
	return hex.EncodeToString(h.Sum(nil))
}

// Package source reads a data set of whatever format: it finds out which one from the
// content of the folder or the file.
package source

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/targetprop/targetprop/dataset"
	"github.com/targetprop/targetprop/dataset/cifar"
	"github.com/targetprop/targetprop/dataset/idx"
	"github.com/targetprop/targetprop/dataset/npy"
	"github.com/targetprop/targetprop/dataset/pictures"
	"github.com/targetprop/targetprop/dataset/reading"
	"github.com/targetprop/targetprop/dataset/table"
)

// Formats are all formats, in the order in which they are tried. To add one is to add
// a package beside these, and a word here.
var Formats = []reading.Format{idx.Format, npy.Format, table.Format, cifar.Format, pictures.Format}

// MNIST is the format of a set of MNIST's four files, which [dataset.Load] reads.
const MNIST = "the four IDX files of MNIST's names"

// choices end the errors about a path that is none of them.
const choices = "want a folder of PNG or JPEG pictures (a subfolder for each class), of IDX files (train-images-idx3-ubyte, with labels or without), " +
	"of .npy, .npz or .csv files, or of CIFAR's .bin files; or one of these files"

// Load reads the set at path. What a set lacks of validation and test examples is
// drawn from its training examples. Examples that are floats beyond [0,1], or columns
// of a table, get a Scale from the training examples.
//
// The four IDX files of MNIST are read by [dataset.Load], whose validation images are
// the last sixth of the training images, unless the options have a split.
func Load(ctx context.Context, path string, o reading.Options) (dataset.Set, error) {
	if err := o.Validate(); err != nil {
		return dataset.Set{}, err
	}
	if o.Width == 0 && o.Label == "" && o.Split == (reading.Split{}) && IsMNIST(path) {
		set, err := dataset.Load(ctx, path, dataset.Options{})
		set.Format = MNIST
		return set, err
	}
	f, err := formatOf(ctx, path)
	if err != nil {
		return dataset.Set{}, err
	}
	if o.Label != "" && f.Name != table.Format.Name {
		return dataset.Set{}, reading.Unread{
			Err:  fmt.Errorf("%s: label %q: only tables have columns of labels, and this is %s", path, o.Label, f.Name),
			Flag: "leave --label out",
		}
	}
	set, err := f.Read(ctx, path, o)
	if err != nil {
		return set, err
	}
	set.Name = path
	return set, complete(ctx, &set, path, f, o)
}

// formatOf is the format of what is at path.
func formatOf(ctx context.Context, path string) (reading.Format, error) {
	_, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return reading.Format{}, fmt.Errorf("data source %q: no such name, file or folder; want digits (built in), mnist, fashion-mnist, or a path; %s", path, choices)
	case err != nil:
		return reading.Format{}, fmt.Errorf("data source %q: %w", path, err)
	}
	var found []reading.Format
	var names []string
	for _, f := range Formats {
		ok, err := f.Recognise(ctx, path)
		if err != nil {
			return f, fmt.Errorf("data source %q: %w", path, err)
		}
		if ok {
			found, names = append(found, f), append(names, f.Name)
		}
	}
	switch {
	case len(found) == 0:
		return reading.Format{}, fmt.Errorf("data source %q: nothing in it is known; %s", path, choices)
	case len(found) > 1 && found[0].Name != idx.Format.Name:
		return found[0], fmt.Errorf("data source %q has files of several formats (%s): name the file, or move the others", path, strings.Join(names, ", "))
	}
	return found[0], nil
}

// TakesIn tells whether a file that is put into the folder path would be taken for some of the
// examples there, or make the folder one of several formats. Of a folder that is put there, only
// the pictures would be.
func TakesIn(ctx context.Context, path string, folder bool) bool {
	f, err := formatOf(ctx, path)
	return err == nil && (f.Name == pictures.Format.Name || !folder && f.Name != idx.Format.Name && f.Name != cifar.Format.Name)
}

// Folders are path, and the folders that links in it lead to, if examples are read from there.
func Folders(ctx context.Context, path string) []fs.FileInfo {
	info, err := os.Stat(path)
	if err != nil {
		return nil
	}
	folders := []fs.FileInfo{info}
	if f, err := formatOf(ctx, path); err == nil && f.Name == pictures.Format.Name {
		folders = append(folders, pictures.Linked(ctx, path)...)
	}
	return folders
}

// IsMNIST tells whether dataset.Load finds its four files in a folder, or some shards of
// the training images.
func IsMNIST(path string) bool {
	entries, err := os.ReadDir(path)
	if err != nil {
		return false
	}
	is := func(file string) bool {
		return slices.ContainsFunc(entries, func(e fs.DirEntry) bool {
			name := strings.TrimSuffix(e.Name(), ".gz")
			if name != file && name != strings.Replace(file, "-idx", ".idx", 1) && !strings.HasPrefix(name, file+"-0") {
				return false
			}
			info, err := os.Stat(filepath.Join(path, e.Name()))
			return err == nil && info.Mode().IsRegular()
		})
	}
	sharded := slices.ContainsFunc(entries, func(e fs.DirEntry) bool { return strings.HasPrefix(e.Name(), "train-images-idx3-ubyte-0") })
	return sharded || is("train-images-idx3-ubyte") && is("train-labels-idx1-ubyte") && is("t10k-images-idx3-ubyte") && is("t10k-labels-idx1-ubyte")
}

// complete makes of what a format read a set that can be trained on.
func complete(ctx context.Context, set *dataset.Set, path string, f reading.Format, o reading.Options) error {
	if o.Split.None { // it is all of the set, whatever its name says
		switch {
		case set.Train.Len() > 0:
		case set.Valid.Len() == 0:
			set.Train, set.Test = set.Test, dataset.Images{}
		case set.Test.Len() == 0:
			set.Train, set.Valid = set.Valid, dataset.Images{}
		}
	}
	if set.Train.Len() == 0 {
		return fmt.Errorf("%s has no training examples: by the words valid, val, dev, test or t10k in its names all are of other parts", path)
	}
	for p := reading.Train; p <= reading.Test; p++ {
		images := reading.Of(set, p)
		if images.Len() == 0 {
			continue
		}
		if o.Width > 0 && f.Name != pictures.Format.Name {
			if err := reshape(images, o); err != nil {
				return fmt.Errorf("%s: %w", path, err)
			}
		}
		t := set.Train
		if images.Floats() != t.Floats() {
			return fmt.Errorf("%s: %s examples are %s, training examples %s: want one kind of numbers", path, p.Name(), kind(*images), kind(t))
		}
		if images.Height != t.Height || images.Width != t.Width || images.Depth() != t.Depth() {
			return fmt.Errorf("%s: %s examples are %s, training examples %s: want one shape", path, p.Name(), Shape(*images), Shape(t))
		}
		if (images.Labels == nil) != (t.Labels == nil) {
			return fmt.Errorf("%s: only one of training and %s examples have labels: want both, or none", path, p.Name())
		}
	}
	if err := reading.CheckMany(set.Train.Len() + set.Valid.Len() + set.Test.Len()); err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	if err := finite(ctx, set); err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	said, err := o.Split.Complete(set)
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	if said != "" {
		set.Format += "; " + said
	}
	return rescale(ctx, set)
}

// reshape makes rows of numbers pictures.
func reshape(s *dataset.Images, o reading.Options) error {
	if !s.Flat && (s.Width != o.Width || s.Height != o.Height) {
		return fmt.Errorf("examples are pictures of %d x %d pixels, and only a folder of PNG or JPEG pictures is scaled to %d x %d", s.Width, s.Height, o.Width, o.Height)
	}
	if !s.Flat {
		return nil
	}
	for _, channels := range []int{1, 3} {
		if o.Width*o.Height*channels == s.Dim() {
			s.Height, s.Width, s.Channels, s.Flat = o.Height, o.Width, channels, false
			return nil
		}
	}
	return fmt.Errorf("examples of %d numbers are no pictures of %d x %d pixels with 1 or 3 channels, and only a folder of pictures is scaled", s.Dim(), o.Width, o.Height)
}

// kind is what numbers are stored as.
func kind(s dataset.Images) string {
	if s.Floats() {
		return "floats"
	}
	return "bytes, which stand for 0 to 255"
}

// Shape writes the shape of an example.
func Shape(s dataset.Images) string {
	kind := ""
	if s.Floats() {
		kind = " (floats)"
	}
	switch {
	case s.Flat:
		return fmt.Sprintf("%d numbers%s", s.Dim(), kind)
	case s.Depth() == 3:
		return fmt.Sprintf("%d x %d pixels in colour%s", s.Width, s.Height, kind)
	}
	return fmt.Sprintf("%d x %d grey pixels%s", s.Width, s.Height, kind)
}

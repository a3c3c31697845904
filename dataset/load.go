// Package dataset is sets of examples to learn from. It reads those in the IDX
// format of MNIST: a small one built into the program, the two well-known ones
// fetched over the network and checked, and any folder that has the same four
// files. The packages below it read other formats, and package
// [github.com/targetprop/targetprop/dataset/source] finds out which one it is.
package dataset

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
)

// choices ends the errors of Load that leave the user without data.
const choices = "want digits (built in), mnist, fashion-mnist, or a folder with the four IDX files " +
	"train-images-idx3-ubyte, train-labels-idx1-ubyte, t10k-images-idx3-ubyte and " +
	"t10k-labels-idx1-ubyte (plain or .gz)"

// Load reads a data set. The source is one of
//
//   - "digits" or "": 10,000 MNIST digits built into the program, 8,000 for
//     training, 1,000 for validation, 1,000 for testing;
//   - "mnist", "fashion-mnist": the full sets, downloaded on first use, checked
//     against a built-in SHA-256 on every use;
//   - the path of a folder with the four IDX files under their usual names,
//     plain or gzip. A folder named like a set is reached as "./mnist".
//     Instead of a file there may be its shards, numbered from 0 on in five
//     digits: train-images-idx3-ubyte-00000-of-00004 to -00003-of-00004, each
//     an IDX file, plain or gzip. They are read in order, as the one file.
//
// Of the training files the last sixth is split off for validation: 10,000 of
// MNIST's 60,000.
func Load(ctx context.Context, source string, opts Options) (Set, error) {
	if err := ctx.Err(); err != nil {
		return Set{}, err
	}
	switch source {
	case "", sourceDigits:
		return loadDigits()
	case sourceMNIST:
		return loadRemote(ctx, mnist, opts)
	case sourceFashion:
		return loadRemote(ctx, fashionMNIST, opts)
	}
	if err := checkFolder(source); err != nil {
		return Set{}, err
	}
	return loadFolder(ctx, source)
}

// checkFolder fails unless the source is a folder.
func checkFolder(source string) error {
	info, err := os.Stat(source)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("data source %q: no such name or folder; %s", source, choices)
	case err != nil:
		return fmt.Errorf("data source %q: %w", source, err)
	case !info.IsDir():
		return fmt.Errorf("data source %q is a file; %s", source, choices)
	}
	return nil
}

// The built-in digits are the first 10,000 training images of MNIST, shuffled;
// digits/README.md has their source and licence, digits/make.go makes them.
//
//go:embed digits/*.gz
var digitsFS embed.FS

// loadDigits unpacks the built-in digits. Every call returns memory of its own.
func loadDigits() (Set, error) {
	set := Set{Name: sourceDigits}
	for _, part := range []struct {
		name   string
		images *Images
	}{{"train", &set.Train}, {"valid", &set.Valid}, {"test", &set.Test}} {
		var err error
		if *part.images, err = loadDigitsPart(part.name); err != nil {
			return Set{}, fmt.Errorf("built-in digits: %w", err)
		}
	}
	return set, nil
}

func loadDigitsPart(part string) (Images, error) {
	images, err := readFile(digitsFS, "digits/"+part+"-images-idx3-ubyte.gz", magicImages)
	if err != nil {
		return Images{}, err
	}
	labels, err := readFile(digitsFS, "digits/"+part+"-labels-idx1-ubyte.gz", magicLabels)
	if err != nil {
		return Images{}, err
	}
	return pair(images, labels)
}

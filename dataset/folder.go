package dataset

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// A role is one of the four files that make a set.
type role struct {
	stem, kind string // train-images, idx3-ubyte
	magic      uint32
}

// roles is in the order in which assemble takes the files.
var roles = [4]role{
	{"train-images", "idx3-ubyte", magicImages},
	{"train-labels", "idx1-ubyte", magicLabels},
	{"t10k-images", "idx3-ubyte", magicImages},
	{"t10k-labels", "idx1-ubyte", magicLabels},
}

// names are the file names looked for, in order of preference. The dotted ones
// come out of some archives and unpacking programs.
func (r role) names() []string {
	dashed, dotted := r.stem+"-"+r.kind, r.stem+"."+r.kind
	return []string{dashed + ".gz", dashed, dotted + ".gz", dotted}
}

// loadFolder reads a set from the four files in a folder.
func loadFolder(ctx context.Context, dir string) (Set, error) {
	fsys := os.DirFS(dir)
	found, err := findFiles(fsys)
	if err != nil {
		return Set{}, fmt.Errorf("folder %s: %w", dir, err)
	}
	var files [4]idx
	for i, name := range found {
		if err := ctx.Err(); err != nil {
			return Set{}, err
		}
		if files[i], err = readFile(fsys, name, roles[i].magic); err != nil {
			return Set{}, fmt.Errorf("folder %s: %w", dir, err)
		}
	}
	set, err := assemble(files)
	if err != nil {
		return Set{}, fmt.Errorf("folder %s: %w", dir, err)
	}
	set.Name = filepath.Clean(dir)
	return set, nil
}

// findFiles finds all four files or says what is missing, all at once.
func findFiles(fsys fs.FS) ([4]string, error) {
	var found [4]string
	var missing []string
	for i, r := range roles {
		name, err := findFile(fsys, r)
		switch {
		case err != nil:
			return found, err
		case name == "":
			missing = append(missing, strings.Join(r.names(), " or "))
		}
		found[i] = name
	}
	if missing != nil {
		return found, fmt.Errorf("no file %s", strings.Join(missing, "; no file "))
	}
	return found, nil
}

// findFile is the first of the role's names that is a file, or "". One known
// archive unpacks to a folder by the usual name, with the dotted file beside
// it: a folder is passed over.
func findFile(fsys fs.FS, r role) (string, error) {
	for _, name := range r.names() {
		info, err := fs.Stat(fsys, name)
		switch {
		case errors.Is(err, fs.ErrNotExist):
		case err != nil:
			return "", err
		case info.Mode().IsRegular():
			return name, nil
		}
	}
	return "", nil
}

// readFile reads an IDX file and names it in the error.
func readFile(fsys fs.FS, name string, magic uint32) (idx, error) {
	f, err := fsys.Open(name)
	if err != nil {
		return idx{}, err
	}
	defer f.Close()
	content, err := readIDX(f, magic, maxContent)
	if err != nil {
		return idx{}, fmt.Errorf("%s: %w", name, err)
	}
	return content, nil
}

// validShare: the last sixth of the training files is for validation, which for
// MNIST is the usual last 10,000 of 60,000.
const validShare = 6

// assemble makes a set of the four files, in the order of roles.
func assemble(files [4]idx) (Set, error) {
	train, err := pair(files[0], files[1])
	if err != nil {
		return Set{}, fmt.Errorf("training files: %w", err)
	}
	test, err := pair(files[2], files[3])
	if err != nil {
		return Set{}, fmt.Errorf("test files: %w", err)
	}
	if train.Height != test.Height || train.Width != test.Width {
		return Set{}, fmt.Errorf("training images are %dx%d, test images %dx%d, want one size",
			train.Height, train.Width, test.Height, test.Width)
	}
	n := train.Len()
	if n < validShare {
		return Set{}, fmt.Errorf("%d training images, want at least %d: the last 1/%d are for validation",
			n, validShare, validShare)
	}
	cut := n - n/validShare
	return Set{Train: train.Slice(0, cut), Valid: train.Slice(cut, n), Test: test}, nil
}

// pair joins images and their labels.
func pair(images, labels idx) (Images, error) {
	set := images.images()
	if n := len(labels.data); n != set.Len() {
		return Images{}, fmt.Errorf("%d labels for %d images, want one each", n, set.Len())
	}
	set.Labels = labels.data
	return set, nil
}

package dataset

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// loadFolder reads a set from the files in a folder.
func loadFolder(ctx context.Context, dir string) (Set, error) {
	fsys := os.DirFS(dir)
	found, err := findFiles(fsys)
	if err != nil {
		return Set{}, fmt.Errorf("folder %s: %w", dir, err)
	}
	var files [4]idx
	for i, names := range found {
		if files[i], err = readFiles(ctx, fsys, names, roles[i].magic); err != nil {
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

// findFiles finds the file of each role, or its shards, or says what is missing,
// all at once.
func findFiles(fsys fs.FS) ([4][]string, error) {
	var found [4][]string
	var missing []string
	for i, r := range roles {
		names, err := findRole(fsys, r)
		if err != nil {
			return found, err
		}
		if names == nil {
			missing = append(missing, strings.Join(r.names(), " or "))
		}
		found[i] = names
	}
	if missing != nil {
		return found, fmt.Errorf("no file %s", strings.Join(missing, "; no file "))
	}
	return found, nil
}

// findRole is the role's file or, if there is none, its shards; nil if there are
// none of those either.
func findRole(fsys fs.FS, r role) ([]string, error) {
	name, err := findFile(fsys, r)
	if err != nil {
		return nil, err
	}
	if name != "" {
		return []string{name}, nil
	}
	return findShards(fsys, r)
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

// readFiles reads IDX files as one.
func readFiles(ctx context.Context, fsys fs.FS, names []string, magic uint32) (idx, error) {
	var all idx
	for i, name := range names {
		if err := ctx.Err(); err != nil {
			return idx{}, err
		}
		next, err := readFile(fsys, name, magic)
		switch {
		case err != nil:
			return idx{}, err
		case i == 0:
			all = next
		case !slices.Equal(next.sizes[1:], all.sizes[1:]):
			return idx{}, fmt.Errorf("sizes are %s in %s, %s in %s: want shards of one size of images", times(all.sizes[1:]), names[0], times(next.sizes[1:]), name)
		default:
			all.sizes[0] += next.sizes[0]
			all.data = append(all.data, next.data...)
		}
	}
	return all, nil
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
		return Set{}, tooFew(n)
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

// tooFew is the error of n training images.
func tooFew(n int) error {
	return fmt.Errorf("%d training images, want at least %d: the last 1/%d are for validation", n, validShare, validShare)
}

package dataset

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"

	"github.com/targetprop/targetprop/internal/atomicfile"
)

// loadRemote reads a set from the cache and fetches what is missing or broken
// there. The cache holds the files as they were served, under their usual
// names, so that it can also be filled by hand or be given as a folder.
func loadRemote(ctx context.Context, set remote, opts Options) (Set, error) {
	cache, err := opts.cacheDir()
	if err != nil {
		return Set{}, err
	}
	dir := filepath.Join(cache, set.name)
	var files [4]idx
	for i := range files {
		if err := ctx.Err(); err != nil {
			return Set{}, err
		}
		if files[i], err = cached(ctx, set, i, dir, opts); err != nil {
			return Set{}, err
		}
	}
	data, err := assemble(files)
	if err != nil {
		return Set{}, fmt.Errorf("%s: %w", set.name, err)
	}
	data.Name = set.name
	return data, nil
}

// cached reads file i of the set from dir, fetching it if there is no good copy.
// The copy is checked on every use: that costs little beside unpacking it, and
// it is what makes every accident with the cache harmless.
func cached(ctx context.Context, set remote, i int, dir string, opts Options) (idx, error) {
	f, err := readCached(set, i, dir)
	if err == nil {
		return f, nil
	}
	// A file that can not be opened for another reason is for the user to look
	// at: fetching it anew would not help.
	if pathErr := (*fs.PathError)(nil); errors.As(err, &pathErr) && !errors.Is(err, fs.ErrNotExist) {
		return idx{}, fmt.Errorf("%s: %w", set.name, err)
	}
	d := newDownload(set, i, opts)
	f, fetchErr := d.run(ctx, dir)
	if fetchErr != nil && !errors.Is(err, fs.ErrNotExist) {
		fetchErr = fmt.Errorf("%w\n(the copy in the cache is no good: %w)", fetchErr, err)
	}
	return f, fetchErr
}

func readCached(set remote, i int, dir string) (idx, error) {
	f, err := atomicfile.Open(filepath.Join(dir, roles[i].names()[0]))
	if err != nil {
		return idx{}, err
	}
	defer f.Close()
	content, err := readKnown(f, roles[i].magic, set.files[i])
	if err != nil {
		return idx{}, fmt.Errorf("%s: %w", f.Name(), err)
	}
	return content, nil
}

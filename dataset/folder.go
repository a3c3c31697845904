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

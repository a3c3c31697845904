package atomicfile

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
)

// owner is a folder of the program's own.
type owner struct {
	dir  string // absolute
	held func() error
}

var owners struct {
	sync.Mutex
	all []*owner
}

// Own says that this process works in the folder at dir, which is one of the program's own: a
// run's, or a report's. Until release is called this package changes nothing in it, also not in
// folders below it, unless
//   - held returns nil, which is asked again for each change: somebody may have put another
//     folder in its place;
//   - the folders on the way down from dir are folders. Links, which may lead anywhere, are
//     not followed. A link in place of a file is none of these: see [Write] and [Remove].
func Own(dir string, held func() error) (release func()) {
	o := &owner{absolute(dir), held}
	owners.Lock()
	defer owners.Unlock()
	owners.all = append(owners.all, o)
	return func() {
		owners.Lock()
		defer owners.Unlock()
		for i, other := range owners.all {
			if other == o {
				owners.all = append(owners.all[:i:i], owners.all[i+1:]...)
				return
			}
		}
	}
}

// absolute is the path as it is where there is no working directory: it matches as it was given.
func absolute(path string) string {
	if abs, err := filepath.Abs(path); err == nil {
		return abs
	}
	return filepath.Clean(path)
}

// below is the way to path from the folder of o, if it lies there.
func (o *owner) below(path string) (way string, ok bool) {
	return strings.CutPrefix(path, strings.TrimSuffix(o.dir, string(filepath.Separator))+string(filepath.Separator))
}

// allOwners are those of now.
func allOwners() []*owner {
	owners.Lock()
	defer owners.Unlock()
	return owners.all
}

// owned tells whether path lies in a folder of this process.
func owned(path string) bool {
	path = absolute(path)
	return slices.ContainsFunc(allOwners(), func(o *owner) bool {
		_, ok := o.below(path)
		return ok
	})
}

// allowed fails if what is at path lies in a folder of the program's own and may not be
// changed.
func allowed(path string) error {
	path = absolute(path)
	for _, o := range allOwners() {
		way, ok := o.below(path)
		if !ok {
			continue
		}
		if err := o.held(); err != nil {
			return err
		}
		if err := folders(o.dir, filepath.Dir(way)); err != nil {
			return err
		}
	}
	return nil
}

// folders fails if the way from dir down to the folder below leads through anything else than
// folders, as far as it is there.
func folders(dir, below string) error {
	if below == "." {
		return nil
	}
	for _, name := range strings.Split(below, string(filepath.Separator)) {
		dir = filepath.Join(dir, name)
		info, err := os.Lstat(dir)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return nil
		case err != nil:
			return bare(err)
		case info.Mode()&fs.ModeSymlink != 0:
			return fmt.Errorf("%s is a link, and not followed: put a folder in its place, or remove it", dir)
		case !info.IsDir():
			return fmt.Errorf("%s is in the way: it is no folder", dir)
		}
	}
	return nil
}

// Remove removes the file at path, or the link and not what it leads to, and tells whether there
// was one. A folder stays, with an error.
func Remove(path string) (was bool, err error) {
	err = func() error {
		if err := allowed(path); err != nil {
			return err
		}
		info, err := os.Lstat(path)
		if err == nil && info.IsDir() {
			return errors.New("is a directory, want a file")
		}
		if err == nil {
			err = os.Remove(path)
		}
		return bare(err)
	}()
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return false, nil
	case err != nil:
		return false, &fs.PathError{Op: "remove", Path: path, Err: err}
	}
	return true, nil
}

// MakeFolder makes the folder at path, with those above it, if it is not there.
func MakeFolder(path string) error {
	if err := allowed(filepath.Join(path, "file")); err != nil {
		return &fs.PathError{Op: "mkdir", Path: path, Err: err}
	}
	return os.MkdirAll(path, 0o777)
}

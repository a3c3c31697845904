package atomicfile

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

var (
	errNoName  = errors.New("no file name given")
	errFolder  = errors.New("is a directory, want a file name")
	errSpecial = errors.New("is a device, pipe or socket, want an ordinary file")
	errDangles = errors.New("is a symbolic link to a file that does not exist")
	errMount   = errors.New("is mounted by itself, and can not be replaced: mount its folder instead, or name a file in another")
	errSticky  = errors.New("is another user's, in a folder (such as /tmp) where nobody else may replace it: name another file")
)

// resolve follows symbolic links and says no, before any work is done, to what
// a rename must not replace. Without this, writing to /dev/null as root would
// put an ordinary file in its place.
func resolve(path string) (string, error) {
	if path == "" {
		return "", errNoName
	}
	if os.IsPathSeparator(path[len(path)-1]) {
		return "", errFolder
	}
	here, err := os.Lstat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return path, nil
	}
	if err != nil {
		return "", err
	}
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		if here.Mode()&fs.ModeSymlink != 0 {
			return "", errDangles
		}
		return path, nil // somebody has just removed it
	}
	if err != nil {
		return "", err
	}
	switch {
	case info.IsDir():
		return "", errFolder
	case !info.Mode().IsRegular():
		return "", errSpecial
	}
	target, err := follow(path)
	if err != nil {
		return "", err
	}
	return target, mayReplace(target, info)
}

// mayReplace fails if the file at target must not be replaced, or can not be.
func mayReplace(target string, info fs.FileInfo) error {
	// Rename asks for permission on the folder only. A file that was made
	// read-only is meant to stay.
	f, err := os.OpenFile(target, os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	defer f.Close()
	if isMount(f) {
		return errMount
	}
	if folder, err := os.Stat(filepath.Dir(target)); err == nil && isSticky(folder, info) {
		return errSticky
	}
	return nil
}

// follow finds the file that path leads to. A link out of its folder may have been put
// there by somebody else: what it leads to is named, and not replaced.
func follow(path string) (string, error) {
	target, err := filepath.EvalSymlinks(path)
	if err != nil {
		return "", err
	}
	folder, err := filepath.EvalSymlinks(filepath.Dir(path))
	if err != nil {
		return "", err
	}
	if target, err = filepath.Abs(target); err != nil {
		return "", err
	}
	if folder, err = filepath.Abs(folder); err != nil {
		return "", err
	}
	if filepath.Dir(target) != folder {
		return "", fmt.Errorf("is a link to %s, out of its folder: name that file itself, or remove the link", target)
	}
	return target, nil
}

// Check fails if [Write] to path could not begin: it is for before the work whose result
// is to be written. It leaves nothing behind.
func Check(path string) error {
	err := func() error {
		if err := allowed(path); err != nil {
			return err
		}
		target, err := resolve(path)
		if err != nil {
			return bare(err)
		}
		tmp, err := createTemp(filepath.Dir(target), path, usual)
		if err != nil {
			return bare(err)
		}
		return bare(errors.Join(tmp.Close(), os.Remove(tmp.Name())))
	}()
	if err != nil {
		return &fs.PathError{Op: "write", Path: path, Err: err}
	}
	return nil
}

// CheckOwn is [Check] of a file of the program's, in a folder of its own: a link in its place is
// refused, as by [ReadOwn], also where another file of the folder is behind it.
func CheckOwn(path string) error {
	if err := Check(path); err != nil {
		return err
	}
	if info, err := os.Lstat(path); err == nil && !info.Mode().IsRegular() {
		return &fs.PathError{Op: "write", Path: path, Err: errors.New("is a link, and in the way")}
	}
	return nil
}

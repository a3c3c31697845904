package atomicfile

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

var (
	errNoName  = errors.New("no file name given")
	errFolder  = errors.New("is a directory, want a file name")
	errSpecial = errors.New("is a device, pipe or socket, want an ordinary file")
	errDangles = errors.New("is a symbolic link to a file that does not exist")
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
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		if _, err := os.Lstat(path); err == nil {
			return "", errDangles
		}
		return path, nil
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
	// Rename asks for permission on the folder only. A file that was made
	// read-only is meant to stay.
	f, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		return "", err
	}
	if err := f.Close(); err != nil {
		return "", err
	}
	return filepath.EvalSymlinks(path)
}

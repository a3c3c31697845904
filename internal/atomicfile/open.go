package atomicfile

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
)

// Open opens an ordinary file for reading. Unlike os.Open it does not wait for a writer
// if the path is a pipe, and refuses devices. Errors name the path.
func Open(path string) (*os.File, error) {
	if err := ordinary(os.Stat(path)); err != nil {
		return nil, &fs.PathError{Op: "open", Path: path, Err: err}
	}
	f, err := os.OpenFile(path, os.O_RDONLY|nonBlocking, 0)
	if err != nil {
		return nil, err
	}
	// Again, of the open file: path may have been replaced in between.
	if err := ordinary(f.Stat()); err != nil {
		f.Close()
		return nil, &fs.PathError{Op: "open", Path: path, Err: err}
	}
	return f, nil
}

func ordinary(info fs.FileInfo, err error) error {
	switch {
	case err != nil:
		return bare(err)
	case info.IsDir():
		return errors.New("is a directory, want a file")
	case !info.Mode().IsRegular():
		return errSpecial
	}
	return nil
}

// ReadFile reads a file of at most limit bytes, as [Open] opens it.
func ReadFile(path string, limit int64) ([]byte, error) {
	f, err := Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	// Before the content is read: a file can be long and yet take no room.
	if info, err := f.Stat(); err == nil && info.Size() > limit {
		return nil, fmt.Errorf("%s has more than %d bytes", path, limit)
	}
	content, err := io.ReadAll(io.LimitReader(f, limit+1))
	if err == nil && int64(len(content)) > limit {
		err = fmt.Errorf("%s has more than %d bytes", path, limit)
	}
	return content, err
}

// ReadOwn is ReadFile of a file of this program's in a folder that may come from
// elsewhere: a link in its place, which may lead to any file, is refused.
func ReadOwn(path string, limit int64) ([]byte, error) {
	info, err := os.Lstat(path)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, &fs.PathError{Op: "open", Path: path, Err: errors.New("is no ordinary file")}
	}
	return ReadFile(path, limit)
}

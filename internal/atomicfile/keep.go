package atomicfile

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// Keep gives the file at path a second name in place of what has it, under which it stays when
// path is written. Where files cannot have two names it is moved. It may be missing.
func Keep(path, as string) error {
	if _, err := Remove(as); err != nil {
		return err
	}
	info, err := os.Lstat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return err
	case info.IsDir():
		return &fs.PathError{Op: "rename", Path: path, Err: errors.New("is a directory, want a file")}
	}
	if os.Link(path, as) == nil {
		return nil
	}
	return os.Rename(path, as)
}

// KeepWhile has write replace the file at path, and then gives what was there the name as, in place of what
// has it: until the new one is there, both others are. Where files cannot have two names it is [Keep], and then write.
func KeepWhile(path, as string, write func() error) error {
	if err := allowed(as); err != nil {
		return &fs.PathError{Op: "rename", Path: as, Err: err}
	}
	kept := tempName(filepath.Dir(as), as)
	if info, err := os.Lstat(path); err != nil || !info.Mode().IsRegular() || os.Link(path, kept) != nil {
		if err := Keep(path, as); err != nil {
			return err
		}
		return write()
	}
	defer os.Remove(kept) // if it still has this name
	if err := write(); err != nil {
		return err
	}
	if err := allowed(as); err != nil { // again: the writing may have taken long
		return &fs.PathError{Op: "rename", Path: as, Err: err}
	}
	return os.Rename(kept, as)
}

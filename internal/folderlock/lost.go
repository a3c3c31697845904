package folderlock

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
)

// LostError says that a folder is not the one any more that this process has locked.
type LostError struct {
	Dir string
	How string // it was lost, in words
}

func (e *LostError) Error() string {
	return fmt.Sprintf("%s is no longer the folder that this process works in: %s; nothing more is written there", e.Dir, e.How)
}

// Held fails with a [LostError] if the folder, or the file of its lock, is no longer the one
// that was locked: somebody moved or removed it, and another process may work there now. It fails
// otherwise if that can not be seen, as on a disk that does not answer. A lock that holds nothing is
// never lost.
func (l *Lock) Held() error {
	if l == nil || l.file == nil {
		return nil
	}
	there, err := os.Stat(l.dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return &LostError{l.dir, "it was moved or removed"}
	case err != nil:
		return err
	}
	same := os.SameFile(l.folder, there)
	_, err = os.Lstat(l.path)
	switch {
	case same && stillThere(l.file, l.path):
		return nil
	case err == nil:
		return &LostError{l.dir, "it is in use by " + owner(l.path)}
	case !same:
		return &LostError{l.dir, "another is in its place"}
	case errors.Is(err, fs.ErrNotExist):
		return &LostError{l.dir, "its file " + Name + " was removed"}
	}
	return err
}

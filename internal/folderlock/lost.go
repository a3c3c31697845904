package folderlock

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"time"
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
// otherwise if that can not be seen, as on a disk that does not answer; a disk may do so for a moment, and
// is asked again for a second. A lock that holds nothing is never lost.
func (l *Lock) Held() error {
	if l == nil || l.file == nil {
		return nil
	}
	const more = 5
	err := l.look()
	for range more {
		if err == nil || errors.As(err, new(*LostError)) {
			return err
		}
		time.Sleep(time.Second / more)
		err = l.look()
	}
	return err
}

// look is Held, asked once.
func (l *Lock) look() error {
	there, err := os.Stat(l.dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return &LostError{l.dir, "it was moved or removed"}
	case err != nil:
		return err
	}
	mine, err := l.file.Stat()
	if err != nil {
		return err
	}
	same := os.SameFile(l.folder, there)
	lock, err := os.Lstat(l.path)
	switch {
	case err == nil && same && os.SameFile(mine, lock):
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

// Package folderlock keeps two processes from working in one folder. The lock is
// advisory: it is of use among programs that ask for it. It ends with its process,
// however that ends, so that none is ever left behind.
package folderlock

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"
	"unicode"
)

// Name is the name of the file in the folder that is locked. It is there while the lock
// is held; a process that was killed leaves the file, which nobody has locked then.
const Name = ".targetprop.lock"

// Lock is a folder that this process works in.
type Lock struct {
	file   *os.File
	path   string
	dir    string      // as it was given
	folder os.FileInfo // that it was then
	// Note says why the folder could not be locked, if it could not: the file system has
	// no locks. It is empty otherwise.
	Note string
}

// Take locks the folder, which must exist, for the command what. It fails with a
// [HeldError] if that is done, and goes on being done for longer than who only looks
// takes. A folder in which this process may not make a file is not locked: it could do
// no harm there. The file of another user's that was killed is replaced, or locked as it is where it can not be
// removed, as in a folder with the sticky bit.
//
// On a network file system the lock holds among machines if the system says so, as NFS
// of version 4 does. Where there are no locks Note says so, and nothing is held; but if
// somebody's file is there, who had them, Take fails.
func Take(dir, what string) (*Lock, error) { return takeWithin(dir, what, looking) }

// looking is the time in which another that looks for who is there has gone.
const looking = 200 * time.Millisecond

// errChanged is returned by attempt if another made or removed the file meanwhile, and errStays if it is another
// user's, who does not hold it, and can not be removed.
var (
	errChanged = errors.New("changed")
	errStays   = errors.New("stays")
)

func takeWithin(dir, what string, patience time.Duration) (*Lock, error) {
	path := filepath.Join(dir, Name)
	const attempts = 100 // each fails only if another process just made or released its lock, or holds it
	began := time.Now()
	stays := false
	for range attempts {
		l, err := attempt(dir, path, what, stays)
		switch {
		case errors.Is(err, errStays):
			stays = true
		case errors.Is(err, errHeld) && time.Since(began) < patience:
			time.Sleep(looking / 20)
		case errors.Is(err, errHeld):
			return nil, &HeldError{dir, owner(path)}
		case !errors.Is(err, errChanged):
			return l, err
		}
	}
	return nil, &HeldError{dir, "others, one after another"}
}

// attempt locks the folder by the file at path. If that stays it locks the file as it is.
func attempt(dir, path, what string, stays bool) (*Lock, error) {
	if err := inTheWay(path); err != nil {
		return nil, err
	}
	f, how, err := open(path)
	switch {
	case err != nil && readOnly(err), how&os.O_CREATE != 0 && errors.Is(err, fs.ErrPermission):
		return &Lock{}, nil
	case errors.Is(err, fs.ErrPermission):
		return nil, fmt.Errorf("%w: it is not to be seen whether somebody works in %s; if nobody does, remove that file", err, dir)
	case err != nil:
		return nil, err
	}
	made := how&os.O_CREATE != 0
	switch err := lockFile(f); {
	case errors.Is(err, errHeld):
		f.Close()
		return nil, errHeld
	case err != nil && !made: // another's, who may hold it
		f.Close()
		return nil, fmt.Errorf("%s could not be locked (%w), and is perhaps in use by %s: if that has ended, remove %s", dir, err, owner(path), path)
	case err != nil:
		_ = release(f, path)
		return &Lock{Note: fmt.Sprintf("%s could not be locked (%v): see to it that no other process works there", dir, err)}, nil
	}
	if !stillThere(f, path) {
		f.Close()
		return nil, errChanged
	}
	mine := how != os.O_RDONLY
	if !mine && !stays { // somebody was killed, and left what this process can not sign
		switch err := release(f, path); {
		case errors.Is(err, fs.ErrPermission):
			return nil, errStays
		case err != nil:
			return nil, err
		}
		return nil, errChanged
	}
	folder, err := os.Stat(dir)
	if err == nil && mine {
		err = sign(f, what)
	}
	if err != nil {
		if made {
			_ = release(f, path)
		} else {
			f.Close()
		}
		return nil, err
	}
	if !stillThere(f, path) { // somebody has moved the folder
		f.Close()
		return nil, errChanged
	}
	return &Lock{file: f, path: path, dir: dir, folder: folder}, nil
}

// inTheWay fails if what is in place of the file of a lock is none, as a pipe, for which a reader would wait.
func inTheWay(path string) error {
	if info, err := os.Lstat(path); err == nil && !info.Mode().IsRegular() {
		return fmt.Errorf("%s is in the way of the file that locks the folder: it is a pipe, a link, a folder or another thing that is no file; remove it", path)
	}
	return nil
}

// open makes the file, or opens one that is there, of another user's to read it: to lock it takes no right to
// write. It tells how.
func open(path string) (f *os.File, how int, err error) {
	for _, how = range []int{os.O_RDWR | os.O_CREATE | os.O_EXCL, os.O_RDWR, os.O_RDONLY} {
		f, err = openFile(path, how)
		switch made := how&os.O_CREATE != 0; {
		case made && errors.Is(err, fs.ErrExist), !made && errors.Is(err, fs.ErrPermission):
		case !made && errors.Is(err, fs.ErrNotExist):
			return nil, how, errChanged
		default:
			return f, how, err
		}
	}
	return f, how, err
}

// Release gives the folder up. A nil lock, and one that holds nothing, may be released.
func (l *Lock) Release() {
	if l == nil || l.file == nil {
		return
	}
	if stillThere(l.file, l.path) { // or it is another's
		_ = release(l.file, l.path)
	} else {
		l.file.Close()
	}
	l.file = nil
}

// stillThere tells whether path is the open file: an owner that ends removes it.
func stillThere(f *os.File, path string) bool {
	here, err := f.Stat()
	if err != nil {
		return false
	}
	there, err := os.Stat(path)
	return err == nil && os.SameFile(here, there)
}

// sign writes who holds the lock.
func sign(f *os.File, what string) error {
	host, err := os.Hostname()
	if err != nil {
		host = "a machine without a name"
	}
	if err := f.Truncate(0); err != nil {
		return err
	}
	_, err = fmt.Fprintf(f, "process %d on %s, started %s: %s\n", os.Getpid(), host, time.Now().Format("2006-01-02 15:04:05 MST"), what)
	return err
}

// owner is what the holder of the lock wrote. The file comes from elsewhere: what is
// too long or would move the cursor is not shown.
func owner(path string) string {
	if inTheWay(path) != nil {
		return "another process"
	}
	const most = 300
	f, err := os.Open(path)
	if err != nil {
		return "another process"
	}
	defer f.Close()
	text, _ := io.ReadAll(io.LimitReader(f, most))
	line, _, _ := strings.Cut(string(text), "\n")
	line = strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) {
			return -1
		}
		return r
	}, line)
	if line == "" {
		return "another process"
	}
	return line
}

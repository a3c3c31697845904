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
// [HeldError] if that is done. A folder in which this process may not write is not
// locked: it could do no harm there.
//
// On a network file system the lock holds among machines if the system says so, as NFS
// of version 4 does. Where there are no locks Note says so, and nothing is held.
func Take(dir, what string) (*Lock, error) {
	path := filepath.Join(dir, Name)
	const attempts = 100 // each fails only if another process just released its lock
	for range attempts {
		f, err := openFile(path)
		if errors.Is(err, fs.ErrPermission) || err != nil && readOnly(err) {
			return &Lock{}, nil
		}
		if errors.Is(err, errHeld) {
			return nil, &HeldError{dir, owner(path)}
		}
		if err != nil {
			return nil, err
		}
		switch err := lockFile(f); {
		case errors.Is(err, errHeld):
			f.Close()
			return nil, &HeldError{dir, owner(path)}
		case err != nil:
			f.Close()
			os.Remove(path)
			return &Lock{Note: fmt.Sprintf("%s could not be locked (%v): see to it that no other process works there", dir, err)}, nil
		}
		if !stillThere(f, path) {
			f.Close()
			continue
		}
		if err := sign(f, what); err != nil {
			f.Close()
			os.Remove(path)
			return nil, err
		}
		folder, err := os.Stat(dir)
		if err != nil || !stillThere(f, path) {
			f.Close()
			continue // somebody has moved it
		}
		return &Lock{file: f, path: path, dir: dir, folder: folder}, nil
	}
	return nil, &HeldError{dir, "others, one after another"}
}

// Release gives the folder up. A nil lock, and one that holds nothing, may be released.
func (l *Lock) Release() {
	if l == nil || l.file == nil {
		return
	}
	if stillThere(l.file, l.path) { // or it is another's
		release(l.file, l.path)
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

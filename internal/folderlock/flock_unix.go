//go:build darwin || dragonfly || freebsd || linux || netbsd || openbsd

package folderlock

import (
	"errors"
	"os"
	"syscall"
)

// openFile opens the file to be locked. It does not wait if somebody put a pipe there.
func openFile(path string, how int) (*os.File, error) {
	return os.OpenFile(path, how|syscall.O_NONBLOCK|syscall.O_NOFOLLOW, 0o644)
}

// flock is the system's, but for tests of what it fails with.
var flock = syscall.Flock

func lockFile(f *os.File) error {
	for {
		switch err := flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); {
		case errors.Is(err, syscall.EWOULDBLOCK):
			return errHeld
		case !errors.Is(err, syscall.EINTR):
			return err
		}
	}
}

// release removes the file first: a process that opened it before sees that it is gone.
func release(f *os.File, path string) error {
	defer f.Close()
	return os.Remove(path)
}

func readOnly(err error) bool { return errors.Is(err, syscall.EROFS) }

//go:build darwin || dragonfly || freebsd || linux || netbsd || openbsd

package folderlock

import (
	"errors"
	"os"
	"syscall"
)

// openFile opens the file to be locked. It does not wait if somebody put a pipe there.
func openFile(path string) (*os.File, error) {
	return os.OpenFile(path, os.O_RDWR|os.O_CREATE|syscall.O_NONBLOCK|syscall.O_NOFOLLOW, 0o644)
}

func lockFile(f *os.File) error {
	err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
	if errors.Is(err, syscall.EWOULDBLOCK) {
		return errHeld
	}
	return err
}

// release removes the file first: a process that opened it before sees that it is gone.
func release(f *os.File, path string) {
	os.Remove(path)
	f.Close()
}

func readOnly(err error) bool { return errors.Is(err, syscall.EROFS) }

//go:build darwin || dragonfly || freebsd || linux || netbsd || openbsd

package folderlock

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// failing has the system lock no files until the test ends.
func failing(t *testing.T, err error) {
	was := flock
	flock = func(int, int) error { return err }
	t.Cleanup(func() { flock = was })
}

// TestNoLocks: who can not lock files removes no file but his own, and does not work where another may.
func TestNoLocks(t *testing.T) {
	dir, fresh := t.TempDir(), t.TempDir()
	l := take(t, dir)
	defer l.Release()
	for _, no := range []error{syscall.ENOLCK, syscall.ENOSYS, syscall.EBADF, syscall.EIO} {
		failing(t, no)
		if _, err := Take(dir, "x"); !errors.Is(err, no) || !strings.Contains(err.Error(), "perhaps in use by process") || !strings.Contains(err.Error(), "targetprop train") || !strings.Contains(err.Error(), "remove "+filepath.Join(dir, Name)) {
			t.Errorf("%v: %v", no, err)
		}
		if Free(dir) {
			t.Errorf("%v: it is free", no)
		}
		if err := l.Held(); err != nil {
			t.Errorf("%v: the other has lost it: %v", no, err)
		}
		if l, err := Take(fresh, "x"); err != nil || !strings.Contains(l.Note, no.Error()) || l.file != nil {
			t.Errorf("%v, where nobody is: %+v, %v", no, l, err)
		}
		if _, err := os.Stat(filepath.Join(fresh, Name)); err == nil {
			t.Errorf("%v: its own file is left", no)
		}
	}
}

// TestInterruptedLock: a call that a signal has cut short is made again.
func TestInterruptedLock(t *testing.T) {
	calls, was := 0, flock
	defer func() { flock = was }()
	flock = func(fd, how int) error {
		if calls++; calls < 3 {
			return syscall.EINTR
		}
		return was(fd, how)
	}
	l := take(t, t.TempDir())
	if l.file == nil {
		t.Error(l.Note)
	}
	l.Release()
}

// TestLookedAt: whoever looks for a moment whether a folder is free keeps nobody from working there.
func TestLookedAt(t *testing.T) {
	dir := t.TempDir()
	look, err := takeWithin(dir, "looking for who is there", 0)
	if err != nil {
		t.Fatal(err)
	}
	time.AfterFunc(looking/4, look.Release)
	take(t, dir).Release()

	stop, looked := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(looked)
		for {
			select {
			case <-stop:
				return
			default:
				Free(dir)
				time.Sleep(100 * time.Microsecond)
			}
		}
	}()
	for range 300 {
		take(t, dir).Release()
	}
	close(stop)
	<-looked
}

package folderlock

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"
)

// asAnother calls f as another user than root, who may do everything. On Linux a single
// thread can be that for files; it ends with its goroutine, which never unlocks it.
func asAnother(t *testing.T, f func()) {
	t.Helper()
	done := make(chan error)
	go func() {
		runtime.LockOSThread()
		var err error
		if os.Getuid() == 0 {
			err = syscall.Setfsuid(65534)
		}
		if err == nil {
			f()
		}
		done <- err
	}()
	if err := <-done; err != nil {
		t.Fatal(err)
	}
}

// shared is a folder in which all users may write, and path its lock.
func shared(t *testing.T) (dir, path string) {
	t.Helper()
	above := t.TempDir()
	dir = filepath.Join(above, "shared")
	if err := errors.Join(os.Chmod(filepath.Dir(above), 0o711), os.Chmod(above, 0o711), os.Mkdir(dir, 0o777), os.Chmod(dir, 0o777)); err != nil {
		t.Fatal(err)
	}
	return dir, filepath.Join(dir, Name)
}

// TestAnotherUser: a lock is respected by users who may not write its file, as long as its
// process lives, and replaced after that; one that they may not even read is named.
func TestAnotherUser(t *testing.T) {
	dir, path := shared(t)
	l := take(t, dir)
	if err := os.Chmod(path, 0o444); err != nil {
		t.Fatal(err)
	}
	asAnother(t, func() {
		var held *HeldError
		if _, err := Take(dir, "another"); !errors.As(err, &held) || !strings.Contains(held.Owner, "targetprop train") {
			t.Errorf("held by another user: %v", err)
		}
		if Free(dir) {
			t.Error("free, and held by another user")
		}
	})
	if err := l.Held(); err != nil {
		t.Error(err)
	}
	l.file.Close() // as if it was killed
	asAnother(t, func() {
		l, err := Take(dir, "another")
		if err != nil || l.file == nil {
			t.Errorf("left by another user: %+v, %v", l, err)
			return
		}
		if owner := owner(path); !strings.HasSuffix(owner, ": another") {
			t.Errorf("the lock is of %q", owner)
		}
		l.Release()
	})
	if err := os.WriteFile(path, nil, 0); err != nil {
		t.Fatal(err)
	}
	asAnother(t, func() {
		if l, err := Take(dir, "another"); !errors.Is(err, os.ErrPermission) || !strings.Contains(err.Error(), "if nobody does, remove that file") {
			t.Errorf("unreadable: %+v, %v", l, err)
		}
	})
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	// Where nothing can be made there is nothing to be said, whether a lock was left there or not.
	for _, change := range []func() error{
		func() error { return nil },
		func() error { return os.WriteFile(path, nil, 0o444) },
	} {
		if err := errors.Join(change(), os.Chmod(dir, 0o555)); err != nil {
			t.Fatal(err)
		}
		asAnother(t, func() {
			if l, err := Take(dir, "another"); err != nil || l.Note != "" {
				t.Errorf("a folder that is closed: %+v, %v", l, err)
			} else {
				l.Release()
			}
		})
		if err := os.Chmod(dir, 0o777); err != nil {
			t.Fatal(err)
		}
	}
}

// TestStickyFolder: where users may not remove each other's files, a lock that one left holds all the same, and
// stays when it is released.
func TestStickyFolder(t *testing.T) {
	if os.Getuid() != 0 {
		t.Skip("it takes two users")
	}
	dir, path := shared(t)
	left := []byte("process 1 on a machine, started long ago: targetprop train\n")
	if err := errors.Join(os.Chmod(dir, 0o777|os.ModeSticky), os.WriteFile(path, left, 0o644)); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		asAnother(t, func() {
			l, err := Take(dir, "another")
			if err != nil || l.file == nil || l.Note != "" {
				t.Errorf("%+v, %v", l, err)
				return
			}
			if _, err := Take(dir, "a third"); !errors.As(err, new(*HeldError)) {
				t.Errorf("two hold it: %v", err)
			}
			if err := l.Held(); err != nil {
				t.Error(err)
			}
			l.Release()
		})
		if text, err := os.ReadFile(path); err != nil || string(text) != string(left) {
			t.Fatalf("%q, %v", text, err)
		}
	}
}

// TestLockUnseen: a lock that can not be looked at for a while, in a folder that can, is not lost, and
// somebody who asks waits for that.
func TestLockUnseen(t *testing.T) {
	dir, _ := shared(t)
	l := take(t, dir)
	defer l.Release()
	if os.Getuid() != 0 {
		defer func() { _ = os.Chmod(dir, 0o777) }()
	}
	if err := os.Chmod(dir, 0o666); err != nil {
		t.Fatal(err)
	}
	asAnother(t, func() {
		if err := l.Held(); !errors.Is(err, os.ErrPermission) || errors.As(err, new(*LostError)) {
			t.Errorf("unseen: %v", err)
		}
		time.AfterFunc(300*time.Millisecond, func() { _ = os.Chmod(dir, 0o777) })
		if err := l.Held(); err != nil {
			t.Errorf("seen again: %v", err)
		}
	})
}

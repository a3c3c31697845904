//go:build darwin || dragonfly || freebsd || linux || netbsd || openbsd

package folderlock

import (
	"bufio"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"
)

// asHolder has the test binary lock the folder that it names and wait for its end.
const asHolder = "TARGETPROP_TEST_HOLD"

func TestMain(m *testing.M) {
	if dir := os.Getenv(asHolder); dir != "" {
		l, err := Take(dir, "holder")
		if err != nil {
			fmt.Println(err)
			os.Exit(1)
		}
		fmt.Println("held")
		time.Sleep(time.Hour)
		l.Release()
	}
	os.Exit(m.Run())
}

func take(t *testing.T, dir string) *Lock {
	t.Helper()
	l, err := Take(dir, "targetprop train")
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// TestKilledHolder: the lock of a process is respected while it lives, and gone with it.
func TestKilledHolder(t *testing.T) {
	dir := t.TempDir()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), asHolder+"="+dir)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	if line, err := bufio.NewReader(out).ReadString('\n'); line != "held\n" {
		t.Fatalf("%q, %v", line, err)
	}
	_, err = Take(dir, "mine")
	var held *HeldError
	if want := fmt.Sprintf("%s is in use by process %d on ", dir, cmd.Process.Pid); !errors.As(err, &held) || !strings.HasPrefix(err.Error(), want) || !strings.Contains(err.Error(), ": holder: wait") {
		t.Errorf("error %v, want %q", err, want)
	}
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = cmd.Wait()
	if _, err := os.Stat(filepath.Join(dir, Name)); err != nil {
		t.Errorf("a killed process left no file, so that this tests nothing: %v", err)
	}
	take(t, dir).Release()
	if _, err := os.Stat(filepath.Join(dir, Name)); err == nil {
		t.Error("the file of a lock that was released is still there")
	}
}

// TestOneAtATime: many that take and release the lock at once never hold it together.
func TestOneAtATime(t *testing.T) {
	dir := t.TempDir()
	var holders, taken atomic.Int32
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			for range 50 {
				l, err := Take(dir, "x")
				if err != nil {
					if !errors.As(err, new(*HeldError)) {
						t.Error(err)
					}
					continue
				}
				if holders.Add(1) != 1 {
					t.Error("two hold the lock")
				}
				taken.Add(1)
				holders.Add(-1)
				l.Release()
			}
		})
	}
	all.Wait()
	if taken.Load() == 0 {
		t.Error("nobody got it")
	}
}

// TestOwnersText: what stands in the file moves no cursor.
func TestOwnersText(t *testing.T) {
	dir := t.TempDir()
	defer take(t, dir).Release()
	for content, want := range map[string]string{
		"":                          "another process",
		"\x1b]0;owned\x07\x1b[2Jme": "]0;owned[2Jme",
		strings.Repeat("a", 10_000): strings.Repeat("a", 300),
	} {
		if err := os.WriteFile(filepath.Join(dir, Name), []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
		var held *HeldError
		if _, err := Take(dir, "x"); !errors.As(err, &held) || held.Owner != want {
			t.Errorf("%q: error %v", content, err)
		}
	}
}

// TestPlaces: where nothing can be written nothing is locked, and what is in the way does
// not hold the program up.
func TestPlaces(t *testing.T) {
	if _, err := Take(filepath.Join(t.TempDir(), "none"), "x"); err == nil {
		t.Error("a folder that is not there: no error")
	}
	dir := t.TempDir()
	if err := syscall.Mkfifo(filepath.Join(dir, Name), 0o644); err != nil {
		t.Fatal(err)
	}
	const inTheWay = "is in the way of the file that locks the folder"
	if err := Check(dir); err == nil || !strings.Contains(err.Error(), inTheWay) || Local(dir) || Free(dir) { // at once
		t.Errorf("a pipe in place of the file, looked at: %v", err)
	}
	if _, err := Take(dir, "x"); err == nil || !strings.Contains(err.Error(), inTheWay) {
		t.Errorf("a pipe in place of the file: %v", err)
	}
	folder := t.TempDir()
	if err := os.Mkdir(filepath.Join(folder, Name), 0o755); err != nil {
		t.Fatal(err)
	}
	if _, err := Take(folder, "x"); err == nil || !strings.Contains(err.Error(), inTheWay) {
		t.Errorf("a folder in place of the file: %v", err)
	}
	mine := filepath.Join(t.TempDir(), "mine")
	if err := os.WriteFile(mine, []byte("mine"), 0o644); err != nil {
		t.Fatal(err)
	}
	linked := t.TempDir()
	if err := os.Symlink(mine, filepath.Join(linked, Name)); err != nil {
		t.Fatal(err)
	}
	if _, err := Take(linked, "x"); err == nil || !strings.Contains(err.Error(), inTheWay) {
		t.Errorf("a link in place of the file: %v", err)
	}
	if content, err := os.ReadFile(mine); err != nil || string(content) != "mine" {
		t.Errorf("%q, %v", content, err)
	}
	if os.Getuid() == 0 {
		return // root may write anywhere
	}
	locked := t.TempDir()
	if err := os.Chmod(locked, 0o500); err != nil {
		t.Fatal(err)
	}
	if l, err := Take(locked, "x"); err != nil || l.Note != "" {
		t.Errorf("read-only folder: %+v, error %v", l, err)
	}
	(*Lock)(nil).Release()
}

// TestFree: a folder is free if nobody holds its lock, unless another machine may.
func TestFree(t *testing.T) {
	dir := t.TempDir()
	if !Free(dir) {
		t.Error("a new folder is not free")
	}
	if _, err := os.Stat(filepath.Join(dir, Name)); err == nil {
		t.Error("looking left a lock")
	}
	l, err := Take(dir, "test")
	if err != nil {
		t.Fatal(err)
	}
	if l.Note != "" {
		t.Skip(l.Note)
	}
	if Free(dir) {
		t.Error("a folder is free that is held")
	}
	signed, err := os.ReadFile(filepath.Join(dir, Name))
	if err != nil {
		t.Fatal(err)
	}
	l.Release()
	for text, want := range map[string]bool{
		string(signed): true, // of a process that was killed
		"process 1 on another-machine, started long ago: targetprop train\n": false,
	} {
		if err := os.WriteFile(filepath.Join(dir, Name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		if Free(dir) != want {
			t.Errorf("with a file of %q a folder is free: %v", text, !want)
		}
	}
	if Free(filepath.Join(dir, "missing")) {
		t.Error("a folder that is not there is free")
	}
}

// TestHeld: who holds a lock learns that its folder, or the file of the lock, is another now, and
// touches nothing of whoever works there.
func TestHeld(t *testing.T) {
	for name, c := range map[string]struct {
		change func(dir string) error
		want   string
	}{
		"moved":        {func(dir string) error { return os.Rename(dir, dir+"2") }, "moved or removed"},
		"removed":      {os.RemoveAll, "moved or removed"},
		"another":      {func(dir string) error { return errors.Join(os.Rename(dir, dir+"2"), os.Mkdir(dir, 0o755)) }, "another is in its place"},
		"lock removed": {func(dir string) error { return os.Remove(filepath.Join(dir, Name)) }, Name + " was removed"},
		"a copy": {func(dir string) error {
			return errors.Join(os.Rename(dir, dir+"2"), os.CopyFS(dir, os.DirFS(dir+"2")))
		}, "in use by process"},
	} {
		dir := filepath.Join(t.TempDir(), "run")
		if err := os.Mkdir(dir, 0o755); err != nil {
			t.Fatal(err)
		}
		l := take(t, dir)
		if err := l.Held(); err != nil {
			t.Errorf("%s, before: %v", name, err)
		}
		if err := c.change(dir); err != nil {
			t.Fatal(err)
		}
		if err := l.Held(); !errors.As(err, new(*LostError)) || !strings.Contains(err.Error(), dir+" is no longer") || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v", name, err)
		}
		if _, err := os.Stat(dir); err != nil {
			continue
		}
		other, err := Take(dir, "another")
		if err != nil {
			t.Fatal(err)
		}
		if err := l.Held(); err == nil || !strings.Contains(err.Error(), "in use by process") || !strings.HasSuffix(err.Error(), "another; nothing more is written there") {
			t.Errorf("%s, and another works there: %v", name, err)
		}
		l.Release()
		if err := other.Held(); err != nil {
			t.Errorf("%s: who lost the folder took the other's lock away: %v", name, err)
		}
		other.Release()
	}
	var none *Lock
	if err := errors.Join(none.Held(), (&Lock{Note: "no locks"}).Held()); err != nil {
		t.Errorf("what was never held is lost: %v", err)
	}
}

// TestHeldUnseen: a folder that can not be looked at for a while is not lost.
func TestHeldUnseen(t *testing.T) {
	disk := filepath.Join(t.TempDir(), "disk")
	dir := filepath.Join(disk, "run")
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	l := take(t, dir)
	defer l.Release()
	if err := os.Rename(disk, disk+"2"); err != nil {
		t.Skip(err) // with an open file in it
	}
	if err := os.Symlink("disk", disk); err != nil {
		t.Fatal(err)
	}
	if err := l.Held(); err == nil || errors.As(err, new(*LostError)) {
		t.Errorf("unseen: %v", err)
	}
	if err := errors.Join(os.Remove(disk), os.Rename(disk+"2", disk)); err != nil {
		t.Fatal(err)
	}
	if err := l.Held(); err != nil {
		t.Errorf("seen again: %v", err)
	}
}

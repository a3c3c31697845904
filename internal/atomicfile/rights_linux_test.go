package atomicfile

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"syscall"
	"testing"
)

// shared makes a file of another owner and group, in a folder where everybody may write.
func shared(t *testing.T, uid, gid int, mode os.FileMode) (path string) {
	t.Helper()
	if os.Getuid() != 0 {
		t.Skip("only root gives files away")
	}
	dir := t.TempDir()
	path = filepath.Join(dir, "model")
	put(t, path, "old")
	if err := errors.Join(os.Chown(path, uid, gid), os.Chmod(path, mode), os.Chmod(dir, 0o777), os.Chmod(filepath.Dir(dir), 0o755)); err != nil {
		t.Fatal(err)
	}
	return path
}

// wantRights checks a file's owner, group and mode.
func wantRights(t *testing.T, path string, uid, gid int, mode os.FileMode) {
	t.Helper()
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	if u, g := ownerOf(info); u != uid || g != gid || info.Mode().Perm() != mode {
		t.Errorf("a file of %d:%d, mode %o, want one of %d:%d, %o", u, g, info.Mode().Perm(), uid, gid, mode)
	}
}

// TestWriteKeepsOwner: root gives back what it replaces.
func TestWriteKeepsOwner(t *testing.T) {
	for _, mode := range []os.FileMode{0o600, 0o640, 0o666} {
		path := shared(t, 12345, 4242, mode)
		if err := Write(path, text("new")); err != nil {
			t.Fatal(err)
		}
		wantRights(t, path, 12345, 4242, mode)
		wantContent(t, path, "new")
	}
}

// TestWriteOfAnotherGroup: where the group can not stay, the one that takes its place may do what everybody may, and
// the file is replaced all the same.
func TestWriteOfAnotherGroup(t *testing.T) {
	const nobody = 65534
	for mode, want := range map[os.FileMode]os.FileMode{0o640: 0o600, 0o664: 0o644, 0o604: 0o604, 0o644: 0o644, 0o666: 0o666} {
		path := shared(t, nobody, 4242, mode)
		var err error
		asOrdinaryUser(t, func() { err = Write(path, text("new")) })
		if err != nil {
			t.Fatal(err)
		}
		wantRights(t, path, nobody, 0, want)
		wantContent(t, path, "new")
	}
}

// TestModeRefused: where a file system lets nobody change modes, the content counts. An owner who is another stands for it.
func TestModeRefused(t *testing.T) {
	path := shared(t, 0, 0, 0o644)
	f, err := os.OpenFile(path+"tmp", os.O_WRONLY|os.O_CREATE, 0o600)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	old, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	asOrdinaryUser(t, func() {
		if f.Chmod(0o600) == nil {
			t.Error("the mode can be changed")
		}
		err = keepRights(f, old)
	})
	if err != nil {
		t.Error(err)
	}
}

// TestSticky: another user's file in a folder as /tmp is refused before the work, and one's own is not.
func TestSticky(t *testing.T) {
	const nobody = 65534
	mine, theirs := shared(t, nobody, 0, 0o666), shared(t, 12345, 0, 0o666)
	for _, path := range []string{mine, theirs} {
		if err := os.Chmod(filepath.Dir(path), 0o777|os.ModeSticky); err != nil {
			t.Fatal(err)
		}
	}
	var err, mineErr error
	asOrdinaryUser(t, func() { err, mineErr = Check(theirs), Write(mine, text("new")) })
	if mineErr != nil {
		t.Error(mineErr)
	}
	wantError(t, err, theirs, "another user's")
	if err := Write(theirs, text("new")); err != nil { // as root
		t.Error(err)
	}
}

// TestMount: a file that is a mount itself can not be replaced, and is refused before the work, also where it is of the
// folder's own disk. A file in a folder that is a mount is like any other.
func TestMount(t *testing.T) {
	dir := t.TempDir()
	source, path, folder := filepath.Join(dir, "source"), filepath.Join(dir, "model"), filepath.Join(dir, "folder")
	put(t, source, "old")
	put(t, path, "below")
	if err := os.Mkdir(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	done := make(chan error)
	go func() {
		runtime.LockOSThread() // which ends with the goroutine, and with it what is mounted
		done <- func() error {
			if err := errors.Join(
				syscall.Unshare(syscall.CLONE_NEWNS),
				syscall.Mount("", "/", "", syscall.MS_REC|syscall.MS_PRIVATE, ""),
				syscall.Mount(source, path, "", syscall.MS_BIND, ""),
				syscall.Mount(dir, folder, "", syscall.MS_BIND, "")); err != nil {
				return err
			}
			if err := Check(path); err == nil {
				t.Error("a file that is mounted: no error")
			} else {
				wantError(t, err, path, "is mounted by itself")
			}
			if err := Write(filepath.Join(folder, "source"), text("new")); err != nil {
				t.Error(err)
			}
			return nil
		}()
	}()
	if err := <-done; err != nil {
		t.Skip(err)
	}
	wantContent(t, source, "new")
	if err := Check(path); err != nil {
		t.Error(err)
	}
}

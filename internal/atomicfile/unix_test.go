//go:build unix

package atomicfile

import (
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// Settings of the process that a test starts to have it killed.
const (
	victimPath = "ATOMICFILE_VICTIM_PATH"
	victimMode = "ATOMICFILE_VICTIM_MODE" // "self" or "loop"
)

func TestMain(m *testing.M) {
	if path := os.Getenv(victimPath); path != "" {
		victim(path, os.Getenv(victimMode))
		os.Exit(3) // reached only if the kill failed
	}
	os.Exit(m.Run())
}

// victim writes until it is killed: in mode self by its own hand, in the
// middle of the first write.
func victim(path, mode string) {
	for i := 0; ; i++ {
		err := Write(path, func(w io.Writer) error {
			if err := text(version(i))(w); err != nil {
				return err
			}
			if mode == "self" {
				return syscall.Kill(os.Getpid(), syscall.SIGKILL)
			}
			return nil
		})
		if err != nil || mode == "self" {
			return
		}
	}
}

// version is more than the buffer, so that parts reach the temporary file.
func version(i int) string { return strings.Repeat(string(rune('a'+i%26)), 3*bufferSize+i%26) }

func startVictim(t *testing.T, path, mode string) *exec.Cmd {
	t.Helper()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(exe)
	cmd.Env = append(os.Environ(), victimPath+"="+path, victimMode+"="+mode)
	err = cmd.Start()
	if errors.Is(err, syscall.ENOEXEC) {
		t.Skip("runs under an emulator, which the kernel does not know: nothing here depends on the processor")
	}
	if err != nil {
		t.Fatal(err)
	}
	return cmd
}

// wantKilled checks that the victim died of SIGKILL and nothing else.
func wantKilled(t *testing.T, cmd *exec.Cmd) {
	t.Helper()
	_ = cmd.Wait() // a kill is an error here, and the one wanted
	status, ok := cmd.ProcessState.Sys().(syscall.WaitStatus)
	if !ok || !status.Signaled() || status.Signal() != syscall.SIGKILL {
		t.Fatalf("the writer ended with %v, want SIGKILL", cmd.ProcessState)
	}
}

func TestWriteKilledInTheMiddle(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "model")
	put(t, path, "old")
	wantKilled(t, startVictim(t, path, "self"))
	wantContent(t, path, "old")
	litter, err := filepath.Glob(filepath.Join(dir, ".targetprop-*.tmp"))
	if err != nil || len(litter) != 1 {
		t.Fatalf("temporary files %q, error %v, want one: the kill came too early or too late", litter, err)
	}
	if err := Write(path, text("new")); err != nil {
		t.Fatal(err)
	}
	wantContent(t, path, "new")
	RemoveLeftovers(dir) // of a process that may live
	wantOnly(t, dir, filepath.Base(litter[0]), "model")
	long := time.Now().Add(-2 * abandoned)
	if err := os.Chtimes(litter[0], long, long); err != nil {
		t.Fatal(err)
	}
	RemoveLeftovers(dir)
	wantOnly(t, dir, "model")
}

func TestWriteKilledAtAnyMoment(t *testing.T) {
	path := filepath.Join(t.TempDir(), "model")
	put(t, path, version(0))
	for i := range 8 {
		cmd := startVictim(t, path, "loop")
		time.Sleep(time.Duration(40+7*i) * time.Millisecond)
		if err := cmd.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		wantKilled(t, cmd)
		got, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if n := len(got) - 3*bufferSize; n < 0 || n > 25 || string(got) != version(n) {
			t.Fatalf("after a kill the file holds %d bytes, want one whole version", len(got))
		}
	}
}

func TestWritePermissions(t *testing.T) {
	old := syscall.Umask(0o027) // no test here runs in parallel
	defer syscall.Umask(old)
	path := filepath.Join(t.TempDir(), "model")
	if err := Write(path, text("x")); err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	if got := info.Mode().Perm(); got != 0o640 {
		t.Errorf("permissions %o, want 0644 less the umask 027", got)
	}
}

func TestWriteKeepsPermissions(t *testing.T) {
	path := filepath.Join(t.TempDir(), "model")
	put(t, path, "old")
	if err := os.Chmod(path, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := Write(path, text("new")); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v: want 0600, as before", info, err)
	}
}

func TestWriteLinks(t *testing.T) {
	dir := t.TempDir()
	target, outside := filepath.Join(dir, "real"), filepath.Join(t.TempDir(), "outside")
	link, dangling, away := filepath.Join(dir, "link"), filepath.Join(dir, "dangling"), filepath.Join(dir, "away")
	put(t, target, "old")
	put(t, outside, "theirs")
	for name, to := range map[string]string{link: "real", dangling: "missing", away: outside} {
		if err := os.Symlink(to, name); err != nil {
			t.Fatal(err)
		}
	}
	if err := Write(link, text("new")); err != nil {
		t.Fatal(err)
	}
	wantContent(t, target, "new")
	if info, err := os.Lstat(link); err != nil || info.Mode()&os.ModeSymlink == 0 {
		t.Errorf("the link is no longer one: %v, %v", info, err)
	}
	wantError(t, Write(dangling, text("new")), dangling, "does not exist")
	wantError(t, Write(away, text("new")), away, "is a link to "+outside)
	wantContent(t, outside, "theirs")
	// A folder may be reached by a link.
	folder := filepath.Join(t.TempDir(), "folder")
	if err := os.Symlink(dir, folder); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"real", "link"} {
		if err := Write(filepath.Join(folder, name), text(name)); err != nil {
			t.Error(err)
		}
	}
	wantContent(t, target, "link")
	t.Chdir(dir)
	if err := os.Symlink(target, "absolute"); err != nil {
		t.Fatal(err)
	}
	if err := Write("absolute", text("here")); err != nil {
		t.Error(err)
	}
	wantContent(t, target, "here")
	wantOnly(t, dir, "absolute", "away", "dangling", "link", "real")
}

func TestCheck(t *testing.T) {
	dir := t.TempDir()
	good := filepath.Join(dir, "good")
	if err := Check(good); err != nil {
		t.Error(err)
	}
	wantOnly(t, dir)
	missing := filepath.Join(dir, "missing", "x")
	wantError(t, Check(missing), missing, "no such file")
	wantError(t, Check(dir), dir, "is a directory")
}

// TestOpen: what is no file is refused and not waited for.
func TestOpen(t *testing.T) {
	dir := t.TempDir()
	pipe, file, link := filepath.Join(dir, "pipe"), filepath.Join(dir, "file"), filepath.Join(dir, "link")
	put(t, file, "12345")
	if err := errors.Join(syscall.Mkfifo(pipe, 0o600), os.Symlink(file, link)); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]string{pipe: "want an ordinary file", dir: "is a directory", os.DevNull: "want an ordinary file", file + "x": "no such file"} {
		if _, err := ReadFile(path, 10); err == nil || !strings.Contains(err.Error(), path) || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: error %v, want %q", path, err, want)
		}
	}
	for _, read := range []func(string, int64) ([]byte, error){ReadFile, ReadOwn} {
		if content, err := read(file, 5); err != nil || string(content) != "12345" {
			t.Errorf("%q, %v", content, err)
		}
		if _, err := read(file, 4); err == nil {
			t.Error("5 bytes where 4 may be: no error")
		}
	}
	if _, err := ReadOwn(link, 10); err == nil {
		t.Error("a link in place of an own file: no error")
	}
	if _, err := ReadFile(link, 10); err != nil {
		t.Error(err)
	}
}

// A rename would put an ordinary file in the place of a pipe or of /dev/null.
func TestWriteRefusesPipe(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "pipe")
	if err := syscall.Mkfifo(path, 0o600); err != nil {
		t.Fatal(err)
	}
	wantError(t, Write(path, text("x")), path, "want an ordinary file")
	wantOnly(t, dir, "pipe")
}

func TestWriteUnwritable(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "model")
	put(t, path, "old")
	closed := filepath.Join(dir, "closed")
	if err := os.Mkdir(closed, 0o755); err != nil {
		t.Fatal(err)
	}
	put(t, filepath.Join(closed, "model"), "old")
	for name, mode := range map[string]os.FileMode{closed: 0o555, path: 0o444, dir: 0o777, filepath.Dir(dir): 0o755} {
		if err := os.Chmod(name, mode); err != nil {
			t.Fatal(err)
		}
	}
	t.Cleanup(func() { _ = os.Chmod(closed, 0o755) }) // or it could not be removed
	errs := map[string]error{}
	asOrdinaryUser(t, func() {
		for _, p := range []string{path, filepath.Join(closed, "model"), filepath.Join(closed, "new")} {
			errs[p] = Write(p, text("new"))
		}
	})
	for p, err := range errs {
		wantError(t, err, p, "permission denied")
	}
	wantContent(t, path, "old")
	wantContent(t, filepath.Join(closed, "model"), "old")
	wantOnly(t, closed, "model")
	wantOnly(t, dir, "closed", "model")
}

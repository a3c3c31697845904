package atomicfile

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
)

// text is a write function for fixed content.
func text(s string) func(io.Writer) error {
	return func(w io.Writer) error {
		_, err := io.WriteString(w, s)
		return err
	}
}

// put makes a file the plain way.
func put(t *testing.T, path, content string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
}

// wantContent checks a file's content.
func wantContent(t *testing.T, path, want string) {
	t.Helper()
	got, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != want {
		t.Errorf("%s holds %d bytes %.40q, want %d bytes %.40q", path, len(got), got, len(want), want)
	}
}

// wantOnly checks that a folder holds these names and no litter.
func wantOnly(t *testing.T, dir string, names ...string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, e := range entries {
		got = append(got, e.Name())
	}
	if strings.Join(got, " ") != strings.Join(names, " ") {
		t.Errorf("the folder holds %q, want %q", got, names)
	}
}

// wantError checks that an error names the path as it was given, once, and says what is wrong.
func wantError(t *testing.T, err error, path, part string) {
	t.Helper()
	var pathErr *fs.PathError
	if !errors.As(err, &pathErr) || pathErr.Path != path {
		t.Fatalf("error is %v, want a PathError for %q", err, path)
	}
	if !strings.Contains(err.Error(), part) || strings.Contains(err.Error(), ".tmp") {
		t.Errorf("error is %q, want one with %q and without the temporary file", err, part)
	}
}

func TestWriteNewAndOld(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "model")
	big := strings.Repeat("0123456789", bufferSize/4) // more than the buffer
	for _, content := range []string{"first", "", big, "last"} {
		if err := Write(path, text(content)); err != nil {
			t.Fatal(err)
		}
		wantContent(t, path, content)
		wantOnly(t, dir, "model")
	}
}

func TestWriteRelativeAndLongName(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	name := strings.Repeat("n", 255)
	if err := Write(name, text("x")); err != nil {
		t.Fatal(err)
	}
	wantContent(t, filepath.Join(dir, name), "x")
	wantOnly(t, dir, name)
}

func TestWriteFailureKeepsOld(t *testing.T) {
	boom := errors.New("boom")
	for _, old := range []bool{true, false} {
		for _, size := range []int{0, 10, 3 * bufferSize} {
			t.Run(fmt.Sprintf("old=%t/size=%d", old, size), func(t *testing.T) {
				dir := t.TempDir()
				path := filepath.Join(dir, "model")
				if old {
					put(t, path, "old")
				}
				err := Write(path, func(w io.Writer) error {
					if _, err := w.Write(make([]byte, size)); err != nil {
						return err
					}
					return boom
				})
				wantError(t, err, path, "boom")
				if !errors.Is(err, boom) {
					t.Errorf("errors.Is does not find the cause in %v", err)
				}
				if old {
					wantContent(t, path, "old")
					wantOnly(t, dir, "model")
				} else {
					wantOnly(t, dir)
				}
			})
		}
	}
}

// The caller's error may name another file, which must not get lost.
func TestWriteKeepsCallersError(t *testing.T) {
	dir := t.TempDir()
	path, source := filepath.Join(dir, "model"), filepath.Join(dir, "source")
	err := Write(path, func(io.Writer) error {
		_, err := os.Open(source)
		return err
	})
	wantError(t, err, path, source)
	wantOnly(t, dir)
}

func TestWritePanicLeavesNoLitter(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "model")
	put(t, path, "old")
	func() {
		defer func() {
			if recover() == nil {
				t.Error("the panic was swallowed")
			}
		}()
		_ = Write(path, func(io.Writer) error { panic("boom") })
	}()
	wantContent(t, path, "old")
	wantOnly(t, dir, "model")
}

func TestWriteRefuses(t *testing.T) {
	dir := t.TempDir()
	put(t, filepath.Join(dir, "file"), "old")
	never := func(io.Writer) error {
		t.Error("write was called")
		return nil
	}
	for _, c := range []struct{ path, part string }{
		{dir, "is a directory"},
		{dir + "/", "is a directory"},
		{dir + "/new/", "is a directory"},
		{".", "is a directory"},
		{"", "no file name"},
		{filepath.Join(dir, "missing", "file"), "no such file"},
		{filepath.Join(dir, "file", "below"), "not a directory"},
	} {
		err := Write(c.path, never)
		if runtime.GOOS == "windows" {
			c.part = "" // other words for the same
		}
		wantError(t, err, c.path, c.part)
	}
	wantOnly(t, dir, "file")
	wantContent(t, filepath.Join(dir, "file"), "old")
}

func TestWriteConcurrent(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "model")
	content := func(i int) []byte { return bytes.Repeat([]byte{byte('a' + i)}, 50_000+i) }
	const writers, rounds = 8, 5
	whole := func(got []byte) bool {
		return len(got) >= 50_000 && bytes.Equal(got, content(len(got)-50_000))
	}
	if err := Write(path, text(string(content(0)))); err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	for i := range writers {
		wg.Go(func() {
			for range rounds {
				err := Write(path, func(w io.Writer) error {
					_, err := w.Write(content(i))
					return err
				})
				if err != nil && runtime.GOOS != "windows" { // where a reader blocks a rename
					t.Error(err)
				}
				got, err := os.ReadFile(path)
				if err != nil || !whole(got) {
					t.Errorf("read %d bytes, error %v, want one writer's content", len(got), err)
				}
			}
		})
	}
	wg.Wait()
	wantOnly(t, dir, "model")
}

func TestWriteLoose(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "report")
	for _, content := range []string{"first", "", "last"} {
		if err := WriteLoose(path, []byte(content)); err != nil {
			t.Fatal(err)
		}
		wantContent(t, path, content)
	}
	wantOnly(t, dir, "report")
	wantError(t, WriteLoose(dir, nil), dir, "")
}

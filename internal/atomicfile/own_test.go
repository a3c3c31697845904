package atomicfile

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// changes are all the ways to change what is at path.
func changes(path string) map[string]func() error {
	return map[string]func() error{
		"Write":      func() error { return WriteBytes(path, []byte("new")) },
		"WriteLoose": func() error { return WriteLoose(path, []byte("new")) },
		"Check":      func() error { return Check(path) },
		"Remove":     func() error { _, err := Remove(path); return err },
		"Keep":       func() error { return Keep(path, path+"2") },
		"KeepWhile":  func() error { return KeepWhile(path, path+"2", func() error { return nil }) },
		"MakeFolder": func() error { return MakeFolder(filepath.Join(filepath.Dir(path), "folder")) },
	}
}

// TestOwnLinks: below a folder of the program's own no link to a folder is followed.
func TestOwnLinks(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("links need a right there")
	}
	own, outside := t.TempDir(), t.TempDir()
	file, left := filepath.Join(outside, "x"), filepath.Join(outside, tempPrefix+strings.Repeat("0", tempDigits)+ownSuffix)
	for _, path := range []string{file, left} {
		if err := os.WriteFile(path, []byte("precious"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Symlink(outside, filepath.Join(own, "frames")); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(own, "frames", "x")
	release := Own(own, func() error { return nil })
	for name, change := range changes(path) {
		if err := change(); err == nil || !strings.Contains(err.Error(), filepath.Join(own, "frames")+" is a link") {
			t.Errorf("%s: %v", name, err)
		}
	}
	RemoveLeftovers(filepath.Dir(path))
	for _, path := range []string{file, left} {
		if content, err := os.ReadFile(path); err != nil || string(content) != "precious" {
			t.Errorf("%s: %q, %v", path, content, err)
		}
	}
	if entries, err := os.ReadDir(outside); err != nil || len(entries) != 2 {
		t.Errorf("outside are %v, %v", entries, err)
	}
	release()
	// Folders that the user names may be links.
	if err := WriteBytes(path, []byte("new")); err != nil {
		t.Error(err)
	}
}

// TestOwnHeld: a folder that is this process's no more is changed no more, also if that happens
// while a file is written.
func TestOwnHeld(t *testing.T) {
	own := t.TempDir()
	path, lost := filepath.Join(own, "x"), errors.New("lost")
	var held error
	defer Own(own, func() error { return held })()
	if err := os.WriteFile(path, []byte("old"), 0o644); err != nil {
		t.Fatal(err)
	}
	err := Write(path, func(w io.Writer) error {
		held = lost
		_, err := w.Write([]byte("new"))
		return err
	})
	if !errors.Is(err, lost) {
		t.Errorf("lost while it was written: %v", err)
	}
	for name, change := range changes(path) {
		if err := change(); !errors.Is(err, lost) {
			t.Errorf("%s: %v", name, err)
		}
	}
	entries, err := os.ReadDir(own)
	if content, _ := os.ReadFile(path); err != nil || len(entries) != 1 || string(content) != "old" {
		t.Errorf("%q, and in the folder %v, %v", content, entries, err)
	}
	if err := WriteBytes(filepath.Join(t.TempDir(), "x"), nil); err != nil {
		t.Errorf("another folder: %v", err)
	}
}

// TestRemove: a link is removed and not what it leads to, a folder is not removed, and what is
// not there is no error.
func TestRemove(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "x")
	if was, err := Remove(path); was || err != nil {
		t.Errorf("nothing was there: %v, %v", was, err)
	}
	if err := os.Mkdir(path, 0o755); err != nil {
		t.Fatal(err)
	}
	if _, err := Remove(path); err == nil || !strings.Contains(err.Error(), path) {
		t.Errorf("a folder: %v", err)
	}
	if err := WriteBytes(filepath.Join(dir, "y"), nil); err != nil {
		t.Fatal(err)
	}
	link := filepath.Join(dir, "link")
	if err := os.Symlink("y", link); err != nil {
		t.Skip(err)
	}
	if was, err := Remove(link); !was || err != nil {
		t.Errorf("a link: %v, %v", was, err)
	}
	if was, err := Remove(filepath.Join(dir, "y")); !was || err != nil {
		t.Errorf("what the link led to: %v, %v", was, err)
	}
}

// TestKeepWhile: while a file is replaced both older ones are there, under names of their own; a failure loses neither.
func TestKeepWhile(t *testing.T) {
	dir := t.TempDir()
	path, as := filepath.Join(dir, "now"), filepath.Join(dir, "before")
	holds := func(when, now, before string) {
		t.Helper()
		for path, want := range map[string]string{path: now, as: before} {
			if content, err := os.ReadFile(path); want != "" && (err != nil || string(content) != want) {
				t.Errorf("%s: %s holds %q, error %v, want %q", when, path, content, err, want)
			}
		}
	}
	put := func(content string) error {
		return KeepWhile(path, as, func() error { return WriteBytes(path, []byte(content)) })
	}
	for _, content := range []string{"1", "2", "3"} {
		if err := put(content); err != nil {
			t.Fatal(err)
		}
	}
	holds("three", "3", "2")
	full := errors.New("full")
	if err := KeepWhile(path, as, func() error { holds("while writing", "3", "2"); return full }); !errors.Is(err, full) {
		t.Errorf("error %v", err)
	}
	holds("failed", "3", "2")
	if err := KeepWhile(path, as, func() error {
		if err := WriteBytes(path, []byte("4")); err != nil {
			return err
		}
		holds("written", "4", "2") // and 3 has a name that a killed process leaves
		return nil
	}); err != nil {
		t.Error(err)
	}
	holds("four", "4", "3")
	if entries, err := os.ReadDir(dir); err != nil || len(entries) != 2 {
		t.Errorf("%v are left, %v", entries, err)
	}
}

package atomicfile

import (
	"io"
	"os"
	"path/filepath"
	"testing"
)

// TestRemoveLeftovers: only files with names of temporary ones go.
func TestRemoveLeftovers(t *testing.T) {
	dir := t.TempDir()
	release := Own(dir, func() error { return nil })
	tmp, err := createTemp(dir, filepath.Join(dir, "x"), usual)
	if err != nil {
		t.Fatal(err)
	}
	if err := tmp.Close(); err != nil {
		t.Fatal(err)
	}
	put(t, filepath.Join(dir, ".targetprop-0123456789abcdef.tmp"), "x")
	folder := ".targetprop-00000000000000ff.tmp"
	if err := os.Mkdir(filepath.Join(dir, folder), 0o755); err != nil {
		t.Fatal(err)
	}
	others := []string{
		".targetprop-.tmp", ".targetprop-0123456789abcde.tmp", ".targetprop-0123456789abcdef.tmp.gz", ".targetprop-my-model-of-may.tmp",
		"model", "x.targetprop-0123456789abcdef.tmp",
	}
	for _, name := range others {
		put(t, filepath.Join(dir, name), "x")
	}
	release()
	RemoveLeftovers(dir)
	wantOnly(t, dir, append([]string{others[0], folder}, others[1:]...)...)
	RemoveLeftovers(filepath.Join(dir, "missing"))
}

// TestLeftoversOfGuests: who begins to work in a folder leaves alone what others write there.
func TestLeftoversOfGuests(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "x")
	begin := func() { // as another process
		defer Own(dir, func() error { return nil })()
		RemoveLeftovers(dir)
	}
	err := Write(path, func(w io.Writer) error {
		begin()
		_, err := io.WriteString(w, "new")
		return err
	})
	if err != nil {
		t.Error(err)
	}
	err = KeepWhile(path, path+"2", func() error {
		begin()
		return WriteBytes(path, []byte("newer"))
	})
	if err != nil {
		t.Error(err)
	}
	wantOnly(t, dir, "x", "x2")
}

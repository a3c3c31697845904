package atomicfile

import (
	"os"
	"path/filepath"
	"testing"
)

// TestRemoveLeftovers: only files with names of temporary ones go.
func TestRemoveLeftovers(t *testing.T) {
	dir := t.TempDir()
	tmp, err := createTemp(dir, usual)
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
	RemoveLeftovers(dir)
	wantOnly(t, dir, append([]string{others[0], folder}, others[1:]...)...)
	RemoveLeftovers(filepath.Join(dir, "missing"))
}

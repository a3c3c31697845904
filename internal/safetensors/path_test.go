package safetensors

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestFiles(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "model.safetensors")
	want := File{Metadata: map[string]string{"k": "v"}, Tensors: []Tensor{{"a", []int{2}, []float32{1, 2}}}}
	if err := WriteFile(path, want); err != nil {
		t.Fatal(err)
	}
	got, err := ReadFile(path)
	if err != nil || !same(got, want) {
		t.Errorf("read %v, error %v, want %v", got, err, want)
	}
	// A bad file to write leaves the good one.
	err = WriteFile(path, File{Tensors: []Tensor{{"a", []int{3}, nil}}})
	wantError(t, err, path)
	wantError(t, err, "shape [3] means 3 values")
	if got, err := ReadFile(path); err != nil || !same(got, want) {
		t.Errorf("after a failed write: read %v, error %v, want %v", got, err, want)
	}
	if entries, err := os.ReadDir(dir); err != nil || len(entries) != 1 {
		t.Errorf("the folder holds %v, error %v, want the model only", entries, err)
	}
}

func TestReadFileNamesThePath(t *testing.T) {
	dir := t.TempDir()
	bad := filepath.Join(dir, "bad.safetensors")
	if err := os.WriteFile(bad, []byte("hello, world"), 0o644); err != nil {
		t.Fatal(err)
	}
	for path, part := range map[string]string{
		bad:                             "it looks like text",
		dir:                             "is a directory",
		filepath.Join(dir, "missing"):   "missing",
		os.DevNull:                      "want an ordinary file",
		filepath.Join(bad, "below"):     "below",
		"":                              "",
		filepath.Join(dir, "no", "dir"): "no",
	} {
		_, err := ReadFile(path)
		wantError(t, err, part)
		if err != nil && path != "" && strings.Count(err.Error(), path) != 1 {
			t.Errorf("error %q names %q %d times, want once", err, path, strings.Count(err.Error(), path))
		}
	}
	if _, err := ReadFile(filepath.Join(dir, "missing")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("error %v is not fs.ErrNotExist", err)
	}
}

package source

import (
	"archive/zip"
	"bytes"
	"path/filepath"
	"strings"
	"testing"

	"github.com/targetprop/targetprop/dataset/reading"
	"github.com/targetprop/targetprop/internal/untuned"
)

// TestPartsOfArchive: what the arrays of an archive are called counts before its own name.
func TestPartsOfArchive(t *testing.T) {
	for _, c := range []struct {
		file  string
		names [4]string
		err   string
	}{
		{"my-test-data.npz", [4]string{"x_train", "y_train", "x_test", "y_test"}, ""},
		{"a.npz", [4]string{"train/x", "train/y", "test/x", "test/y"}, ""},
		{"test.npz", [4]string{"x", "y", "train_x", "train_y"}, ""},
		{"a.npz", [4]string{"x", "y", "x2", "y2"}, "second array of training examples"},
	} {
		var b bytes.Buffer
		z := zip.NewWriter(&b)
		for i, name := range c.names {
			w, err := z.Create(name + ".npy")
			if err != nil {
				t.Fatal(err)
			}
			content := untuned.NPY("|u1", bytes.Repeat([]byte{0, 100}, 20), 10, 4)
			if i%2 == 1 {
				content = untuned.NPY("|u1", make([]byte, 10), 10)
			}
			if _, err := w.Write(content); err != nil {
				t.Fatal(err)
			}
		}
		if err := z.Close(); err != nil {
			t.Fatal(err)
		}
		dir := t.TempDir()
		untuned.Write(t, b.Bytes(), dir, c.file)
		set, err := Load(t.Context(), dir, reading.Options{})
		if c.err != "" {
			if err == nil || !strings.Contains(err.Error(), c.err) {
				t.Errorf("%v: %v, want %q", c.names, err, c.err)
			}
		} else if err != nil || set.Test.Len() != 10 || set.Train.Len()+set.Valid.Len() != 10 {
			t.Errorf("%s with %v: %d for test, %v", c.file, c.names, set.Test.Len(), err)
		}
	}
}

// TestVersions: a version of NumPy's format that nobody knows is called that.
func TestVersions(t *testing.T) {
	for _, version := range []byte{0, 4, 255} {
		file := untuned.NPY("|u1", make([]byte, 40), 10, 4)
		file[6] = version
		dir := t.TempDir()
		untuned.Write(t, file, dir, "x.npy")
		if _, err := Load(t.Context(), dir, reading.Options{}); err == nil || !strings.Contains(err.Error(), "of NumPy's format: want 1, 2 or 3") {
			t.Errorf("version %d: %v", version, err)
		}
	}
}

// TestSizeOfPictures: pictures that are no files are not scaled, and not cut into other lines.
func TestSizeOfPictures(t *testing.T) {
	rows, grey, colour := filepath.Join(t.TempDir(), "r.npy"), filepath.Join(t.TempDir(), "g.npy"), filepath.Join(t.TempDir(), "c.npy")
	untuned.Write(t, untuned.NPY("|u1", make([]byte, 600), 20, 30), rows)
	untuned.Write(t, untuned.NPY("|u1", make([]byte, 600), 20, 6, 5), grey)
	untuned.Write(t, untuned.NPY("|u1", make([]byte, 600), 20, 5, 2, 3), colour)
	for _, c := range []struct {
		path          string
		width, height int
		err           string
	}{
		{rows, 5, 6, ""}, {rows, 2, 5, ""}, {rows, 7, 7, "no pictures of 7 x 7"},
		{grey, 5, 6, ""}, {grey, 6, 5, "pictures of 5 x 6 pixels, and only"}, {grey, 3, 3, "only a folder"},
		{colour, 2, 5, ""}, {colour, 5, 6, "pictures of 2 x 5 pixels, and only"},
	} {
		set, err := Load(t.Context(), c.path, reading.Options{Width: c.width, Height: c.height})
		if (err != nil) != (c.err != "") || err != nil && !strings.Contains(err.Error(), c.err) {
			t.Errorf("%s as %d x %d: %v, want %q", c.path, c.width, c.height, err, c.err)
		}
		if err == nil && (set.Train.Width != c.width || set.Train.Height != c.height) {
			t.Errorf("%s became %d x %d", c.path, set.Train.Width, set.Train.Height)
		}
	}
}

// TestArraysTakeNoMore: an array takes the memory of its elements, in a file and in an archive, and not that of slices which
// grew up to it.
func TestArraysTakeNoMore(t *testing.T) {
	const rows, columns = 1000, 97
	bytesOf := map[string][]byte{"|u1": make([]byte, rows*columns), "<f8": make([]byte, 8*rows*columns)}
	for i := range bytesOf["|u1"] {
		bytesOf["|u1"][i] = byte(i * i)
	}
	for kind, data := range bytesOf {
		var b bytes.Buffer
		z := zip.NewWriter(&b)
		w, err := z.Create("x.npy")
		if err != nil {
			t.Fatal(err)
		}
		array := untuned.NPY(kind, data, rows, columns)
		if _, err := w.Write(array); err != nil {
			t.Fatal(err)
		}
		if err := z.Close(); err != nil {
			t.Fatal(err)
		}
		for name, content := range map[string][]byte{"x.npy": array, "x.npz": b.Bytes()} {
			path := filepath.Join(t.TempDir(), name)
			untuned.Write(t, content, path)
			set, err := Load(t.Context(), path, reading.Options{Split: reading.Split{None: true}})
			if err != nil {
				t.Fatal(err)
			}
			held := max(cap(set.Train.Pixels), cap(set.Train.Numbers))
			if held > rows*columns {
				t.Errorf("%s of %s: room for %d numbers of %d", name, kind, held, rows*columns)
			}
		}
	}
}

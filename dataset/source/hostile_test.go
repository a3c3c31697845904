//go:build unix

package source

import (
	"archive/zip"
	"bytes"
	"errors"
	"image"
	"image/color"
	"image/png"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/targetprop/targetprop/dataset"
	"github.com/targetprop/targetprop/dataset/reading"
	"github.com/targetprop/targetprop/internal/untuned"
)

// TestPipesAndDevices: whatever file of a set is a pipe, or leads to a device, is refused and
// not waited for.
func TestPipesAndDevices(t *testing.T) {
	images, labels := untuned.IDX(make([]byte, 20*4), 20, 2, 2), untuned.IDX(make([]byte, 20), 20)
	record := make([]byte, 3073)
	for name, files := range map[string]map[string][]byte{
		"train-images-idx3-ubyte":         {"train-labels-idx1-ubyte": labels},
		"train-labels-idx1-ubyte":         {"train-images-idx3-ubyte": images},
		"emnist-x-mapping.txt":            {"emnist-x-train-images-idx3-ubyte": images},
		"x.npy":                           {},
		"x.npz":                           {},
		"x.csv":                           {},
		"data_batch_2.bin":                {"data_batch_1.bin": record},
		"batches.meta.txt":                {"data_batch_1.bin": record},
		"b.png":                           {"a.png": untuned.PNG(t, make([]byte, 4), 2, 2)},
		"train-images-idx3-ubyte.unknown": {},
	} {
		for _, kind := range []string{"pipe", "device"} {
			dir := t.TempDir()
			for file, content := range files {
				untuned.Write(t, content, dir, file)
			}
			path := filepath.Join(dir, name)
			make := func() error { return syscall.Mkfifo(path, 0o600) }
			if kind == "device" {
				make = func() error { return os.Symlink("/dev/zero", path) }
			}
			if err := make(); err != nil {
				t.Fatal(err)
			}
			for _, from := range []string{dir, path} {
				_, err := Load(t.Context(), from, reading.Options{})
				if err == nil || !strings.Contains(err.Error(), dir) {
					t.Errorf("%s %s, read as %s: error %v", kind, name, from, err)
				}
			}
		}
	}
}

// TestLinkToFolder: data may be elsewhere, with a link to it.
func TestLinkToFolder(t *testing.T) {
	dir, link := t.TempDir(), filepath.Join(t.TempDir(), "link")
	for i := range 8 {
		untuned.Write(t, untuned.PNG(t, make([]byte, 4), 2, 2), dir, "train", "a", strconv.Itoa(i)+".png")
	}
	if err := os.Symlink(dir, link); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{dir, dir + "/", link, link + "/"} {
		if set, err := Load(t.Context(), path, reading.Options{}); err != nil || set.Train.Len() != 4 || len(set.Train.Labels) != 4 {
			t.Errorf("%s: %d examples, %v", path, set.Train.Len(), err)
		}
	}
}

// TestCutWhileRead: a file of examples on disk that is cut short is an error with a type, also
// where only a panic can tell of it.
func TestCutWhileRead(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.npy")
	untuned.Write(t, untuned.NPY("|u1", make([]byte, 5000*100), 5000, 100), path)
	set := load(t, path, reading.Options{InMemory: 1})
	defer set.Train.Stored.Close()
	if err := os.Truncate(path, 300); err != nil {
		t.Fatal(err)
	}
	last := set.Train.Len() - 1
	var fault *dataset.ReadError
	if err := set.Train.Fetch([]int{last}); !errors.As(err, &fault) || fault.Example != last || !errors.Is(err, io.EOF) {
		t.Errorf("Fetch: %v", err)
	}
	defer func() {
		if p, ok := recover().(*dataset.ReadError); !ok || p.Example != last {
			t.Errorf("Read: panic %v", p)
		}
	}()
	set.Train.Read(last, make([]float32, 100))
}

// TestChangedWhileRead: a file of examples on disk that is written to is not read on as if it were the same, also
// where its size stays, unless it is the same. One that is put in its place is another.
func TestChangedWhileRead(t *testing.T) {
	const header, dim, edited = 128, 100, 7
	content := untuned.NPY("|u1", make([]byte, 500*dim), 500, dim)
	other, one := bytes.Clone(content), bytes.Clone(content)
	for i := header; i < len(other); i++ {
		other[i] = 9
	}
	one[header+edited*dim+50] = 9
	rewrite := func(content []byte) func(string) error {
		return func(path string) error { return os.WriteFile(path, content, 0o644) }
	}
	const yes, no = true, false
	for name, c := range map[string]struct {
		change                    func(path string) error
		fails, ofEdited, ofUnread bool
	}{
		"rewritten": {rewrite(other), yes, yes, yes},
		"the same":  {rewrite(content), no, no, no},
		"touched":   {func(path string) error { return os.Chtimes(path, time.Now(), time.Now()) }, no, no, no},
		"edited":    {rewrite(one), no, yes, yes},
		"longer": {func(path string) error {
			info, err := os.Stat(path)
			return errors.Join(err, os.Truncate(path, int64(len(content))+1), os.Chtimes(path, info.ModTime(), info.ModTime()))
		}, yes, yes, yes},
		"replaced": {func(path string) error {
			return errors.Join(os.WriteFile(path+".new", content[:1000], 0o644), os.Rename(path+".new", path))
		}, no, no, no},
	} {
		path := filepath.Join(t.TempDir(), "x.npy")
		untuned.Write(t, content, path)
		before := time.Now().Add(-time.Hour) // clocks of file systems are coarse
		if err := os.Chtimes(path, before, before); err != nil {
			t.Fatal(err)
		}
		stored, err := dataset.Open(path, header, 500, dim, false)
		if err != nil {
			t.Fatal(err)
		}
		defer stored.Close()
		set := dataset.Images{Height: 1, Width: dim, Stored: stored}
		if err := set.Fetch([]int{3, 4, edited}); err != nil {
			t.Fatal(err)
		}
		set.AppendRaw(nil, 5)
		if err := c.change(path); err != nil {
			t.Skip(err)
		}
		for _, f := range []struct {
			set      dataset.Images
			examples []int
			fails    bool
		}{{set, []int{3, 5}, c.fails}, {set.Slice(4, 6), []int{1, 0}, c.fails}, {set, []int{4, edited}, c.ofEdited}, {set, []int{3, 6}, c.ofUnread}, {set, nil, no}} {
			err := f.set.Fetch(f.examples)
			if (err != nil) != f.fails || err != nil && (!errors.As(err, new(*dataset.ReadError)) || !strings.Contains(err.Error(), "may be no longer what it was: "+path+" was changed at ")) {
				t.Errorf("%s, examples %v: %v", name, f.examples, err)
			}
		}
	}
}

// TestSmallFilesOfMuch: small files that would become much are refused, and no memory is
// taken for what they claim.
func TestSmallFilesOfMuch(t *testing.T) {
	const side = 1 << 13
	var bomb, archive bytes.Buffer
	if err := png.Encode(&bomb, image.NewPaletted(image.Rect(0, 0, side, side), color.Palette{color.Black, color.White})); err != nil {
		t.Fatal(err)
	}
	z := zip.NewWriter(&archive)
	for _, name := range []string{"x_train.npy", "x_test.npy"} { // the second one is too much
		w, err := z.Create(name)
		if err == nil {
			_, err = w.Write(untuned.NPY("|u1", nil, 1<<15+1<<14, 1<<14)[:128])
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		name string
		data []byte
		size int64 // to which the file is made longer, without content
		want string
	}{
		{"a.png", bomb.Bytes(), 0, "67108864 numbers each: want at most 1048576"},
		{"b.png", bomb.Bytes()[:1000], 0, "1000 bytes are too few for 8192 x 8192 pixels"},
		{"x.npz", archive.Bytes(), 0, "ends after element"},
		{"data_batch_1.bin", nil, 3073 << 23, "has more than 1073741824 bytes"},
		{"x.csv", nil, 1 << 28, "a row has more than 16777216 bytes"},
	} {
		dir := t.TempDir()
		path := filepath.Join(dir, test.name)
		untuned.Write(t, test.data, path)
		if test.size > 0 {
			if err := os.Truncate(path, test.size); err != nil {
				t.Fatal(err)
			}
		}
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		_, err := Load(t.Context(), dir, reading.Options{})
		runtime.ReadMemStats(&after)
		if err == nil || !strings.Contains(err.Error(), path) || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: error %v, want %q", test.name, err, test.want)
		}
		if most := uint64(200 << 20); after.TotalAlloc-before.TotalAlloc > most {
			t.Errorf("%s: %d MB were taken", test.name, (after.TotalAlloc-before.TotalAlloc)>>20)
		}
	}
}

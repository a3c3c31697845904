package dataset

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// small is the content of the four files of a set, in the order of roles.
func small(trainImages, testImages int) [4][]byte {
	const h, w = 4, 3
	labels := func(n int) []byte {
		b := make([]byte, n)
		for i := range b {
			b[i] = uint8(i)
		}
		return b
	}
	return [4][]byte{
		imageFile(uint32(trainImages), h, w, noise(1, trainImages*h*w)),
		labelFile(labels(trainImages)),
		imageFile(uint32(testImages), h, w, noise(2, testImages*h*w)),
		labelFile(labels(testImages)),
	}
}

// folder writes files to a new folder.
func folder(t *testing.T, files map[string][]byte) string {
	t.Helper()
	dir := t.TempDir()
	for name, content := range files {
		if err := os.WriteFile(filepath.Join(dir, name), content, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// smallFolder is a good folder under the plain names.
func smallFolder(trainImages, testImages int) map[string][]byte {
	files := map[string][]byte{}
	for i, content := range small(trainImages, testImages) {
		files[roles[i].names()[1]] = content
	}
	return files
}

// checkSmall compares a loaded set with the files it came from.
func checkSmall(t *testing.T, set Set, trainImages, validImages, testImages int) {
	t.Helper()
	files := small(trainImages+validImages, testImages)
	train, labels := files[0][16:], files[1][8:]
	for _, c := range []struct {
		name           string
		part           Images
		pixels, labels []byte
	}{
		{"train", set.Train, train[:trainImages*12], labels[:trainImages]},
		{"valid", set.Valid, train[trainImages*12:], labels[trainImages:]},
		{"test", set.Test, files[2][16:], files[3][8:]},
	} {
		if c.part.Height != 4 || c.part.Width != 3 || c.part.Len() != len(c.labels) {
			t.Errorf("%s: %d images of %dx%d, want %d of 4x3",
				c.name, c.part.Len(), c.part.Height, c.part.Width, len(c.labels))
		}
		if !bytes.Equal(c.part.Pixels, c.pixels) || !bytes.Equal(c.part.Labels, c.labels) {
			t.Errorf("%s: images or labels are not those of the file", c.name)
		}
	}
}

func TestLoadFolder(t *testing.T) {
	for _, c := range []struct {
		name  string
		names func(r role) string
		pack  bool
	}{
		{"plain", func(r role) string { return r.stem + "-" + r.kind }, false},
		{"gzip", func(r role) string { return r.stem + "-" + r.kind + ".gz" }, true},
		{"dotted", func(r role) string { return r.stem + "." + r.kind }, false},
		{"dotted gzip", func(r role) string { return r.stem + "." + r.kind + ".gz" }, true},
		// The magic number decides, not the name.
		{"gzip by a plain name", func(r role) string { return r.stem + "-" + r.kind }, true},
		{"plain by a gzip name", func(r role) string { return r.stem + "-" + r.kind + ".gz" }, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			files := map[string][]byte{}
			for i, content := range small(13, 3) {
				if c.pack {
					content = zipped(content)
				}
				files[c.names(roles[i])] = content
			}
			dir := folder(t, files)
			set, err := Load(context.Background(), dir+"/", Options{})
			if err != nil {
				t.Fatal(err)
			}
			if set.Name != dir {
				t.Errorf("name %q, want %q", set.Name, dir)
			}
			checkSmall(t, set, 11, 2, 3)
		})
	}
}

// A folder by the name of a file, as one archive makes them, is passed over.
func TestLoadFolderWithFolderInside(t *testing.T) {
	files := smallFolder(6, 1)
	files["train-images.idx3-ubyte"] = files["train-images-idx3-ubyte"]
	delete(files, "train-images-idx3-ubyte")
	dir := folder(t, files)
	if err := os.Mkdir(filepath.Join(dir, "train-images-idx3-ubyte"), 0o755); err != nil {
		t.Fatal(err)
	}
	set, err := Load(context.Background(), dir, Options{})
	if err != nil {
		t.Fatal(err)
	}
	checkSmall(t, set, 5, 1, 1)
}

func TestLoadFolderRejects(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(files map[string][]byte)
		want   []string
	}{
		{"empty", func(f map[string][]byte) { clear(f) }, []string{
			"train-images-idx3-ubyte.gz or train-images-idx3-ubyte or train-images.idx3-ubyte.gz or train-images.idx3-ubyte",
			"train-labels-idx1-ubyte.gz", "t10k-images.idx3-ubyte", "t10k-labels-idx1-ubyte"}},
		{"one missing", func(f map[string][]byte) { delete(f, "t10k-labels-idx1-ubyte") },
			[]string{"no file t10k-labels-idx1-ubyte.gz or"}},
		{"broken file", func(f map[string][]byte) { f["t10k-images-idx3-ubyte"] = f["t10k-images-idx3-ubyte"][:30] },
			[]string{"t10k-images-idx3-ubyte: ", "after 14 bytes", "want 36", "3x4x3"}},
		{"labels for images", func(f map[string][]byte) { f["train-images-idx3-ubyte"] = f["train-labels-idx1-ubyte"] },
			[]string{"train-images-idx3-ubyte: ", "0x00000801"}},
		{"train count", func(f map[string][]byte) { f["train-labels-idx1-ubyte"] = labelFile(make([]byte, 12)) },
			[]string{"training files", "12 labels for 13 images"}},
		{"test count", func(f map[string][]byte) { f["t10k-labels-idx1-ubyte"] = labelFile(make([]byte, 4)) },
			[]string{"test files", "4 labels for 3 images"}},
		{"other height", func(f map[string][]byte) { f["t10k-images-idx3-ubyte"] = imageFile(3, 5, 3, make([]byte, 45)) },
			[]string{"4x3", "5x3", "one size"}},
		{"other width", func(f map[string][]byte) { f["t10k-images-idx3-ubyte"] = imageFile(3, 4, 2, make([]byte, 24)) },
			[]string{"4x3", "4x2", "one size"}},
		{"too few", func(f map[string][]byte) {
			f["train-images-idx3-ubyte"] = imageFile(5, 4, 3, make([]byte, 60))
			f["train-labels-idx1-ubyte"] = labelFile(make([]byte, 5))
		}, []string{"5 training images", "at least 6"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			files := smallFolder(13, 3)
			c.change(files)
			dir := folder(t, files)
			_, err := Load(context.Background(), dir, Options{})
			wantError(t, err, append(c.want, dir)...)
		})
	}
}

func TestLoadUnknownSource(t *testing.T) {
	all := []string{"digits", "mnist", "fashion-mnist", "folder", "train-images-idx3-ubyte"}
	_, err := Load(context.Background(), "minst", Options{})
	wantError(t, err, append(all, `"minst"`, "no such")...)

	file := filepath.Join(folder(t, map[string][]byte{"file": nil}), "file")
	_, err = Load(context.Background(), file, Options{})
	wantError(t, err, append(all, "is a file")...)
}

func TestLoadEmptySourceIsDigits(t *testing.T) {
	set, err := Load(context.Background(), "", Options{})
	if err != nil || set.Name != "digits" {
		t.Errorf("%q, %v, want digits", set.Name, err)
	}
}

func TestLoadCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	for _, source := range []string{"digits", "mnist", folder(t, smallFolder(13, 3))} {
		if _, err := Load(ctx, source, Options{CacheDir: t.TempDir()}); !errors.Is(err, context.Canceled) {
			t.Errorf("%s: %v, want %v", source, err, context.Canceled)
		}
	}
}

// TestMirrorsAreEncrypted: nobody on the way sees or changes what is fetched, though the
// content is checked as well.
func TestMirrorsAreEncrypted(t *testing.T) {
	for _, set := range []remote{mnist, fashionMNIST} {
		for _, url := range set.mirrors {
			if !strings.HasPrefix(url, "https://") {
				t.Errorf("%s is fetched from %s", set.name, url)
			}
		}
	}
}

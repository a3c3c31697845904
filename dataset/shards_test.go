package dataset

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

// sharded is the folder of smallFolder(13, 3) with the training files in shards of
// 5 and 8 images and labels, some compressed.
func sharded(t *testing.T) string {
	files := smallFolder(13, 3)
	images, labels := files["train-images-idx3-ubyte"][16:], files["train-labels-idx1-ubyte"][8:]
	delete(files, "train-images-idx3-ubyte")
	delete(files, "train-labels-idx1-ubyte")
	files["train-images-idx3-ubyte-00000-of-00002.gz"] = zipped(imageFile(5, 4, 3, images[:5*12]))
	files["train-images-idx3-ubyte-00001-of-00002"] = imageFile(8, 4, 3, images[5*12:])
	files["train-labels-idx1-ubyte-00000-of-00002"] = labelFile(labels[:5])
	files["train-labels-idx1-ubyte-00001-of-00002"] = labelFile(labels[5:])
	return folder(t, files)
}

func TestLoadShards(t *testing.T) {
	dir := sharded(t)
	set, err := Load(t.Context(), dir, Options{})
	if err != nil {
		t.Fatal(err)
	}
	checkSmall(t, set, 11, 2, 3)

	first := filepath.Join(dir, "train-images-idx3-ubyte-00000-of-00002.gz")
	put := func(name string, content []byte) {
		if err := os.WriteFile(filepath.Join(dir, name), content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	put(filepath.Base(first), imageFile(5, 3, 4, make([]byte, 60)))
	_, err = Load(t.Context(), dir, Options{})
	wantError(t, err, "sizes are 3x4 in train-images-idx3-ubyte-00000-of-00002.gz, 4x3 in train-images-idx3-ubyte-00001-of-00002")
	put(filepath.Base(first), imageFile(5, 4, 3, make([]byte, 59)))
	_, err = Load(t.Context(), dir, Options{})
	wantError(t, err, "train-images-idx3-ubyte-00000-of-00002.gz: data ends after 59 bytes")
	if err := os.Remove(first); err != nil {
		t.Fatal(err)
	}
	_, err = Load(t.Context(), dir, Options{})
	wantError(t, err, "no file train-images-idx3-ubyte-00000-of-00002 or train-images-idx3-ubyte-00000-of-00002.gz", "all 2 shards")
	put("train-images-idx3-ubyte-00002-of-00003", nil)
	_, err = Load(t.Context(), dir, Options{})
	wantError(t, err, "00001-of-00002 and train-images-idx3-ubyte-00002-of-00003: want shards of one number")
	put("train-images-idx3-ubyte-00002-of-00002", nil)
	_, err = Load(t.Context(), dir, Options{})
	wantError(t, err, "00002-of-00002: want a number below 00002")
}

// readAll are the pixels that readers of all shards give, some at a time.
func readAll(t *testing.T, training Training) []byte {
	t.Helper()
	var all []byte
	for i := range training.Shards {
		r, err := training.Open(i)
		if err != nil {
			t.Fatal(err)
		}
		for left := r.Len * r.Height * r.Width; left > 0; {
			some := make([]byte, min(7, left))
			if err := r.Read(some); err != nil {
				t.Fatal(err)
			}
			all, left = append(all, some...), left-len(some)
		}
		if err := r.Close(); err != nil {
			t.Fatal(err)
		}
	}
	return all
}

// TestTraining: what is read piece by piece is what Load reads at once.
func TestTraining(t *testing.T) {
	for _, source := range []string{"digits", folder(t, smallFolder(13, 3)), sharded(t)} {
		set, err := Load(t.Context(), source, Options{})
		if err != nil {
			t.Fatal(err)
		}
		training, err := FindTraining(t.Context(), source, Options{})
		if err != nil {
			t.Fatal(err)
		}
		all := readAll(t, training)
		n, err := training.Images(len(all) / set.Train.Dim())
		if err != nil || n != set.Train.Len() || !bytes.Equal(all[:n*set.Train.Dim()], set.Train.Pixels) {
			t.Errorf("%s: %d images of %d bytes, want %d; error %v", source, n, len(all), set.Train.Len(), err)
		}
	}
}

// TestTrainingRejects what Load rejects.
func TestTrainingRejects(t *testing.T) {
	const name = "train-images-idx3-ubyte"
	whole := smallFolder(13, 3)[name]
	for _, c := range []struct {
		content []byte
		want    string
	}{
		{whole[:len(whole)-1], "the data ends 1 bytes early"},
		{append(bytes.Clone(whole), 1), "the data goes on after 13 images of 4x3"},
		{zipped(whole)[:len(zipped(whole))-3], "at the end of the data"},
		{whole[:9], name + ": ends after 9 bytes"},
	} {
		training, err := FindTraining(t.Context(), folder(t, map[string][]byte{name: c.content}), Options{})
		if err != nil {
			t.Fatal(err)
		}
		r, err := training.Open(0)
		if err == nil {
			if err = r.Read(make([]byte, 13*12)); err == nil {
				err = r.Close()
			}
		}
		wantError(t, err, c.want)
	}
	none, err := FindTraining(t.Context(), t.TempDir(), Options{})
	if err != nil || none.Shards != 0 {
		t.Errorf("an empty folder: %d shards, error %v", none.Shards, err)
	}
	_, err = none.Images(5)
	wantError(t, err, "5 training images, want at least 6")
	_, err = FindTraining(t.Context(), filepath.Join(t.TempDir(), "x"), Options{})
	wantError(t, err, "no such name or folder")
}

// TestTrainingKnown: a set from the network is read from the cache, and what is
// no good there is found out.
func TestTrainingKnown(t *testing.T) {
	content := smallFolder(13, 3)["train-images-idx3-ubyte"]
	set := remote{name: "known", files: [4]known{{int64(len(content)), sha(content)}}}
	cache := t.TempDir()
	path := filepath.Join(cache, "known", "train-images-idx3-ubyte.gz")
	if err := os.Mkdir(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, zipped(content), 0o600); err != nil {
		t.Fatal(err)
	}
	training, err := findRemote(t.Context(), set, Options{CacheDir: cache})
	if err != nil {
		t.Fatal(err)
	}
	if all := readAll(t, training); !bytes.Equal(all, content[16:]) {
		t.Errorf("%d bytes, want those of the file", len(all))
	}
	content[40]++
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	r, err := training.Open(0)
	if err != nil {
		t.Fatal(err)
	}
	if err := r.Read(make([]byte, 13*12)); err != nil {
		t.Fatal(err)
	}
	wantError(t, r.Close(), "SHA-256 of the content is "+sha(content))
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	if _, err := training.Open(0); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a lost file: %v", err)
	}
}

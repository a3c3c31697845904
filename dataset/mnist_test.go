package dataset

import (
	"bytes"
	"context"
	"crypto/md5"
	"encoding/hex"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// mnistFolder is a folder with the full MNIST, gzip, by the usual names.
func mnistFolder(t *testing.T) string {
	t.Helper()
	dir := os.Getenv("TARGETPROP_MNIST")
	if dir == "" {
		t.Skip("TARGETPROP_MNIST names no folder with the full MNIST, which the repository does not carry")
	}
	return dir
}

func checkMNIST(t *testing.T, set Set) {
	t.Helper()
	for _, c := range []struct {
		name  string
		part  Images
		n     int
		first []uint8
	}{
		{"train", set.Train, 50_000, []uint8{5, 0, 4, 1, 9, 2, 1, 3, 1, 4}},
		{"valid", set.Valid, 10_000, []uint8{3, 8, 6, 9, 6, 4, 5, 3, 8, 4}},
		{"test", set.Test, 10_000, []uint8{7, 2, 1, 0, 4, 1, 4, 9, 5, 9}},
	} {
		if c.part.Len() != c.n || len(c.part.Labels) != c.n || c.part.Height != 28 || c.part.Width != 28 {
			t.Fatalf("%s: %d images of %dx%d, %d labels, want %d of 28x28",
				c.name, c.part.Len(), c.part.Height, c.part.Width, len(c.part.Labels), c.n)
		}
		if got := c.part.Labels[:10]; !slices.Equal(got, c.first) {
			t.Errorf("%s: labels begin %v, want %v", c.name, got, c.first)
		}
	}
}

func TestMNISTFolder(t *testing.T) {
	set, err := Load(context.Background(), mnistFolder(t), Options{})
	if err != nil {
		t.Fatal(err)
	}
	checkMNIST(t, set)
}

// The source "mnist" with its real checksums, the folder being the mirror.
func TestMNISTDownload(t *testing.T) {
	m := httptest.NewServer(http.FileServer(http.Dir(mnistFolder(t))))
	defer m.Close()
	set, err := Load(context.Background(), "mnist", Options{CacheDir: t.TempDir(), Mirrors: []string{m.URL}})
	if err != nil {
		t.Fatal(err)
	}
	checkMNIST(t, set)
}

// The SHA-256s of the catalogue belong to the files with the published MD5s.
func TestMNISTChecksums(t *testing.T) {
	dir := mnistFolder(t)
	for i, want := range []string{
		"6bbc9ace898e44ae57da46a324031adb",
		"a25bea736e30d166cdddb491f175f624",
		"2646ac647ad5339dbf082846283269ea",
		"27ae3e4e09519cfbb04c329615203637",
	} {
		raw, err := os.ReadFile(filepath.Join(dir, roles[i].names()[0]))
		if err != nil {
			t.Fatal(err)
		}
		r, err := plain(bytes.NewReader(raw))
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		if sum := md5.Sum(content); hex.EncodeToString(sum[:]) != want {
			t.Errorf("file %d: MD5 %x, want %s", i, sum, want)
		}
		if got := (known{int64(len(content)), sha(content)}); got != mnist.files[i] {
			t.Errorf("file %d: %v, the catalogue has %v", i, got, mnist.files[i])
		}
	}
}

// Every built-in digit is one of the first 10,000 training images of MNIST,
// with its label, each of them once.
func TestDigitsAreMNIST(t *testing.T) {
	full, err := Load(context.Background(), mnistFolder(t), Options{})
	if err != nil {
		t.Fatal(err)
	}
	at := map[string]int{}
	for i := range full.Train.Len() {
		at[string(full.Train.Row(i))] = i
	}
	set := loadedDigits(t)
	used := map[int]bool{}
	for name, part := range map[string]Images{"train": set.Train, "valid": set.Valid, "test": set.Test} {
		for i := range part.Len() {
			j, found := at[string(part.Row(i))]
			switch {
			case !found:
				t.Errorf("%s: image %d is not in MNIST", name, i)
			case full.Train.Labels[j] != part.Labels[i]:
				t.Errorf("%s: image %d has label %d, image %d of MNIST %d", name, i, part.Labels[i], j, full.Train.Labels[j])
			case j >= 10_000 || used[j]:
				t.Errorf("%s: image %d is image %d of MNIST, want one of the first 10,000, once", name, i, j)
			}
			used[j] = true
		}
	}
}

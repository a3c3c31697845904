package source

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/targetprop/targetprop/dataset"
	"github.com/targetprop/targetprop/dataset/reading"
	"github.com/targetprop/targetprop/internal/untuned"
)

// TestFiniteOnDisk: an array that stays on disk is looked through as one in memory is.
func TestFiniteOnDisk(t *testing.T) {
	numbers := make([]float64, 20*3)
	for i := range numbers {
		numbers[i] = float64(i) / 60
	}
	good := untuned.NPY("<f4", untuned.Float32s(numbers...), 20, 3)
	for _, bad := range []int{0, 29, 59} { // of whatever part
		numbers[bad] = math.NaN()
		path := filepath.Join(t.TempDir(), "x.npy")
		untuned.Write(t, untuned.NPY("<f4", untuned.Float32s(numbers...), 20, 3), path)
		_, err := Load(t.Context(), path, reading.Options{InMemory: 1})
		if want := fmt.Sprintf("number %d of training example %d is NaN", bad%3, bad/3); err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), path) {
			t.Errorf("%v, want %q", err, want)
		}
		numbers[bad] = 0.5
	}
	path := filepath.Join(t.TempDir(), "x.npy")
	untuned.Write(t, append(good, 0), path)
	if _, err := Load(t.Context(), path, reading.Options{InMemory: 1}); err == nil || !strings.Contains(err.Error(), "goes on after the 60 elements") {
		t.Errorf("bytes behind the end: %v", err)
	}
	// One that is cut while it is looked through is an error.
	stored, err := dataset.Open(path, 128, 20, 3, true)
	if err != nil {
		t.Fatal(err)
	}
	defer stored.Close()
	if err := os.Truncate(path, 128+100); err != nil {
		t.Skip(err)
	}
	set := dataset.Set{Train: dataset.Images{Height: 1, Width: 3, Stored: stored}}
	if err := finite(t.Context(), &set); !errors.As(err, new(*dataset.ReadError)) {
		t.Errorf("a set that was cut: %v", err)
	}
}

// TestCacheOfPictures: decoded pictures that are damaged, or are of other pictures, are decoded
// anew, also where a link stands in place of a picture.
func TestCacheOfPictures(t *testing.T) {
	dir, elsewhere, cache := t.TempDir(), t.TempDir(), t.TempDir()
	picture := func(i int, value byte) {
		name := fmt.Sprintf("%d.png", i)
		untuned.Write(t, untuned.PNG(t, []byte{value, byte(i), 200, 0}, 2, 2), elsewhere, name)
		if err := os.Symlink(filepath.Join(elsewhere, name), filepath.Join(dir, name)); err != nil && !os.IsExist(err) {
			t.Skip("no links here")
		}
	}
	for i := range 8 {
		picture(i, 10)
	}
	o := reading.Options{InMemory: 1, CacheDir: cache}
	files := func() []string {
		found, err := filepath.Glob(filepath.Join(cache, "decoded", "*.bytes"))
		if err != nil {
			t.Fatal(err)
		}
		return found
	}
	is := func(value byte) {
		t.Helper()
		set := load(t, dir, o)
		defer set.Train.Stored.Close()
		for i := range set.Train.Len() {
			if row := set.Train.Row(i); row[0] != value || row[2] != 200 {
				t.Fatalf("a picture is %v, want %d first", row, value)
			}
		}
	}
	is(10)
	path := files()[0]
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for name, content := range map[string][]byte{
		"a bit": append([]byte{whole[0] ^ 1}, whole[1:]...), "cut": whole[:len(whole)-1], "zeros": make([]byte, len(whole)), "longer": append(bytes.Clone(whole), 0), "an earlier program's": whole[:32], "none": nil,
	} {
		untuned.Write(t, content, path)
		is(10)
		if now, err := os.ReadFile(path); err != nil || !bytes.Equal(now, whole) {
			t.Errorf("%s: the cache was not made again, %v", name, err)
		}
	}
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	is(10)
	if again, err := os.Stat(path); err != nil || !os.SameFile(info, again) {
		t.Error("a cache that is whole was made again")
	}
	later := time.Now().Add(time.Minute)
	for i := range 8 {
		picture(i, 11)
		if err := os.Chtimes(filepath.Join(elsewhere, fmt.Sprintf("%d.png", i)), later, later); err != nil {
			t.Fatal(err)
		}
	}
	is(11)
	if n := len(files()); n != 2 {
		t.Errorf("%d caches", n)
	}
}

// TestInterrupted: what takes long with many pictures ends with the context.
func TestInterrupted(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(2)) // of which some pictures at a time follow
	dir := t.TempDir()
	for i := range 200 {
		untuned.Write(t, untuned.PNG(t, make([]byte, 100), 10, 10), dir, "a", fmt.Sprintf("%d.png", i))
	}
	ctx, cancel := context.WithCancel(t.Context())
	last := 0
	o := reading.Options{Width: 8, Height: 8, Progress: func(done, _ int) {
		last = done
		cancel()
	}}
	if _, err := Load(ctx, dir, o); !errors.Is(err, context.Canceled) || last == 200 {
		t.Errorf("after %d pictures: %v", last, err)
	}
	if Folders(ctx, dir) == nil {
		t.Error("no folder")
	}
	if _, err := formatOf(ctx, dir); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
}

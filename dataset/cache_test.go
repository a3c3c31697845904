package dataset

import (
	"bytes"
	"context"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

func TestRemoteCorruptedCache(t *testing.T) {
	f := newFake()
	flipped := bytes.Clone(f.archives[bigName])
	flipped[len(flipped)/2] ^= 1
	for name, broken := range map[string][]byte{
		"empty":     nil,
		"truncated": f.archives[bigName][:1000],
		"bit":       flipped,
		"junk":      []byte("this is no archive"),
		"other":     f.archives["t10k-images-idx3-ubyte.gz"],
	} {
		t.Run(name, func(t *testing.T) {
			cache := t.TempDir()
			m := f.mirror(t, nil)
			set, err := f.load(context.Background(), Options{CacheDir: cache}, m)
			f.check(t, set, err, cache)
			file := f.inCache(t, cache, bigName, broken)
			set, err = f.load(context.Background(), Options{CacheDir: cache}, m)
			f.check(t, set, err, cache)
			if m.total() != 5 {
				t.Errorf("%d requests, want 4 and one for the broken file", m.total())
			}

			f.inCache(t, cache, bigName, broken)
			m.Close()
			_, err = f.load(context.Background(), Options{CacheDir: cache}, m)
			wantError(t, err, "copy in the cache is no good", file, "--data digits")
		})
	}
}

func TestRemoteCacheNotWritable(t *testing.T) {
	f := newFake()
	m := f.mirror(t, nil)
	dir := folder(t, map[string][]byte{"file": nil})

	// What can not be read is not made anew: that would end no better.
	if err := os.MkdirAll(filepath.Join(dir, f.name, bigName), 0o755); err != nil {
		t.Fatal(err)
	}
	_, err := f.load(context.Background(), Options{CacheDir: dir}, m)
	wantError(t, err, "fake", bigName)

	file, link := filepath.Join(dir, "file"), filepath.Join(dir, "link")
	_, err = f.load(context.Background(), Options{CacheDir: file}, m)
	wantError(t, err, "fake", file)

	// Nothing is there to be read, and nothing can be made.
	if err := os.Symlink(filepath.Join(dir, "missing", "folder"), link); err != nil {
		t.Skipf("the rest needs a symbolic link: %v", err)
	}
	_, err = f.load(context.Background(), Options{CacheDir: link}, m)
	wantError(t, err, "can not write to the cache", link)
	if m.total() != 0 {
		t.Error("asked the server without a place to write to")
	}
}

// An error of the disk is not put down to the mirrors.
func TestRemoteDiskError(t *testing.T) {
	f := newFake()
	m := f.mirror(t, nil)
	p, err := claimPart(filepath.Join(t.TempDir(), bigName))
	if err != nil {
		t.Fatal(err)
	}
	p.Close() // every use of it fails from now on
	_, err = newDownload(f.remote, 0, Options{Mirrors: []string{m.URL, m.URL}}).fetch(context.Background(), p)
	wantError(t, err, "fake", "can not write to the cache", "closed")
	if strings.Contains(err.Error(), "network") {
		t.Errorf("error %q blames the network", err)
	}
}

// Several loads share nothing but the cache folder, as processes do: every
// download has a file of its own by a random name.
func TestRemoteAtOnce(t *testing.T) {
	f, cache := newFake(), t.TempDir()
	m := f.mirror(t, func(w http.ResponseWriter, r *http.Request, name string, archive []byte) bool {
		// Slow enough to have all of them in the same file.
		http.ServeContent(&slow{w}, r, name, time.Time{}, bytes.NewReader(archive))
		return true
	})
	f.inCache(t, cache, bigName+".part", f.archives[bigName][:5000]) // all want it, one gets it
	const loads = 6
	var wg sync.WaitGroup
	sets, errs := make([]Set, loads), make([]error, loads)
	for i := range loads {
		wg.Go(func() { sets[i], errs[i] = f.load(context.Background(), Options{CacheDir: cache}, m) })
	}
	wg.Wait()
	for i := range loads {
		f.check(t, sets[i], errs[i], cache)
	}
	resumed := 0
	for _, r := range m.asked() {
		if r != "" {
			resumed++
		}
	}
	if resumed != 1 {
		t.Errorf("%d loads took over the unfinished file, want 1: %q", resumed, m.asked())
	}
}

type slow struct{ http.ResponseWriter }

func (s *slow) Write(p []byte) (int, error) {
	time.Sleep(time.Millisecond)
	return s.ResponseWriter.Write(p)
}

package reading

import (
	"crypto/sha256"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestBuilderCounts: a cache has the examples that it was to have, or it is not there.
func TestBuilderCounts(t *testing.T) {
	for _, inMemory := range []int64{1, 1 << 20} {
		o := Options{CacheDir: t.TempDir(), InMemory: inMemory}
		key := sha256.New()
		build := func(count, size int) error {
			b, err := NewBuilder(o, key, 3, 4)
			if err != nil {
				t.Fatal(err)
			}
			for range count {
				if err := b.Add(make([]byte, size)); err != nil {
					b.Discard()
					return err
				}
			}
			_, err = b.Images(2, 2, 1)
			return err
		}
		for _, bad := range [][2]int{{2, 4}, {4, 4}, {3, 5}, {3, 3}} {
			if build(bad[0], bad[1]) == nil {
				t.Errorf("%d examples of %d bytes: no error", bad[0], bad[1])
			}
		}
		if s, err := Cached(t.Context(), o, key, 3, 4); s != nil || err != nil {
			t.Errorf("a cache is there: %v, %v", s, err)
		}
		if err := build(3, 4); err != nil {
			t.Error(err)
		}
	}
	for _, n := range [][2]int{{-1, 4}, {3, -4}} {
		if _, err := NewBuilder(Options{}, sha256.New(), n[0], n[1]); err == nil {
			t.Errorf("%d examples of %d bytes: no error", n[0], n[1])
		}
	}
}

// TestNoCache: an error says that it is of the cache, how much goes there, and what to do.
func TestNoCache(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := NewBuilder(Options{CacheDir: file, InMemory: 1}, sha256.New(), 3, 1<<20)
	if want := "the cache of decoded pictures wants 4 MB: "; err == nil || !strings.HasPrefix(err.Error(), want) || !strings.Contains(err.Error(), "XDG_CACHE_HOME") {
		t.Errorf("error %v, want %q", err, want)
	}
}

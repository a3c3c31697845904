package dataset

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"path/filepath"
	"strings"
	"testing"
)

func TestRemoteDownloadsOnce(t *testing.T) {
	f, cache := newFake(), t.TempDir()
	m := f.mirror(t, nil)
	last := map[string]int64{}
	opts := Options{CacheDir: cache, Progress: func(name string, done, total int64) {
		if want := int64(len(f.archives[name])); total != want || done <= last[name] || done > total {
			t.Errorf("progress %s: %d of %d after %d, want a rise to %d", name, done, total, last[name], want)
		}
		last[name] = done
	}}
	set, err := f.load(context.Background(), opts, m)
	f.check(t, set, err, cache)
	for name, archive := range f.archives {
		if last[name] != int64(len(archive)) {
			t.Errorf("progress of %s ended at %d of %d", name, last[name], len(archive))
		}
	}
	if m.total() != 4 {
		t.Errorf("%d requests for the first use, want 4: %q", m.total(), m.requests)
	}

	m.Close() // the second use needs no network
	set, err = f.load(context.Background(), opts, m)
	f.check(t, set, err, cache)

	// What the cache holds can also be named as a folder.
	set, err = Load(context.Background(), filepath.Join(cache, f.name), Options{})
	set.Name = f.name
	f.check(t, set, err, cache)
}

// The next mirror is asked where one has nothing, breaks off or serves
// something else.
func TestRemoteNextMirror(t *testing.T) {
	f := newFake()
	for name, special := range map[string]func(http.ResponseWriter, *http.Request, string, []byte) bool{
		"not found": func(w http.ResponseWriter, r *http.Request, _ string, _ []byte) bool {
			http.NotFound(w, r)
			return true
		},
		"breaks off": breakAfter(100, 100),
		"login page": func(w http.ResponseWriter, _ *http.Request, _ string, _ []byte) bool {
			fmt.Fprint(w, "<html>Please log in</html>")
			return true
		},
		"truncated": func(w http.ResponseWriter, _ *http.Request, _ string, a []byte) bool {
			_, _ = w.Write(a[:len(a)-9])
			return true
		},
		"one bit wrong": func(w http.ResponseWriter, _ *http.Request, name string, _ []byte) bool {
			if name != bigName {
				return false
			}
			wrong := bytes.Clone(f.content[0])
			wrong[len(wrong)/2] ^= 1
			_, _ = w.Write(zipped(wrong))
			return true
		},
	} {
		t.Run(name, func(t *testing.T) {
			cache := t.TempDir()
			bad, good := f.mirror(t, special), f.mirror(t, nil)
			set, err := f.load(context.Background(), Options{CacheDir: cache}, bad, good)
			f.check(t, set, err, cache)
			if len(bad.asked()) == 0 || len(good.asked()) == 0 {
				t.Errorf("asked %d and %d times, want both", len(bad.asked()), len(good.asked()))
			}
			if name != "breaks off" && len(bad.asked()) != 1 {
				t.Errorf("asked %d times, want once: the answer would be the same", len(bad.asked()))
			}
		})
	}
}

// Mirrors may have packed the files anew, or not at all: the content counts.
func TestRemoteOtherArchive(t *testing.T) {
	f, cache := newFake(), t.TempDir()
	m := f.mirror(t, func(w http.ResponseWriter, _ *http.Request, name string, _ []byte) bool {
		for i := range roles {
			if roles[i].names()[0] == name {
				_, _ = w.Write(f.content[i])
			}
		}
		return true
	})
	set, err := f.load(context.Background(), Options{CacheDir: cache}, m)
	f.check(t, set, err, cache)
}

func TestRemoteWrongChecksum(t *testing.T) {
	f, cache := newFake(), t.TempDir()
	f.files[0].sha256 = strings.Repeat("0", 64)
	m := f.mirror(t, nil)
	_, err := f.load(context.Background(), Options{CacheDir: cache}, m)
	wantError(t, err, m.URL, "served a wrong file", "SHA-256", sha(f.content[0]), strings.Repeat("0", 64))
	if len(m.asked()) != 1 {
		t.Errorf("asked for %q, want one whole file: asking again brings the same", m.asked())
	}
	if got := listing(t, filepath.Join(cache, f.name)); len(got) != 0 {
		t.Errorf("cache holds %q, want nothing of a wrong file", got)
	}
}

func TestRemoteSizeLimit(t *testing.T) {
	f := newFake()
	limit := archiveLimit(f.files[0])
	for _, c := range []struct {
		name    string
		special func(http.ResponseWriter, *http.Request, string, []byte) bool
		want    string
	}{
		{"announced", func(w http.ResponseWriter, _ *http.Request, _ string, _ []byte) bool {
			w.Header().Set("Content-Length", fmt.Sprint(limit+1))
			_, _ = w.Write(make([]byte, limit+1))
			return true
		}, fmt.Sprintf("announces %d bytes, want at most %d", limit+1, limit)},
		{"endless", func(w http.ResponseWriter, r *http.Request, _ string, _ []byte) bool {
			for r.Context().Err() == nil {
				if _, err := w.Write(make([]byte, 4096)); err != nil {
					break
				}
			}
			return true
		}, fmt.Sprintf("more than %d bytes", limit)},
		{"bomb", func(w http.ResponseWriter, _ *http.Request, _ string, _ []byte) bool {
			_, _ = w.Write(zipped(imageFile(1, 1<<11, 1<<11, make([]byte, 1<<22))))
			return true
		}, fmt.Sprintf("at most %d bytes", f.files[0].size-16)},
	} {
		t.Run(c.name, func(t *testing.T) {
			cache := t.TempDir()
			_, err := f.load(context.Background(), Options{CacheDir: cache}, f.mirror(t, c.special))
			wantError(t, err, c.want)
			if got := listing(t, filepath.Join(cache, f.name)); len(got) != 0 {
				t.Errorf("cache holds %q, want nothing", got)
			}
		})
	}
}

func TestRemoteOffline(t *testing.T) {
	f, cache := newFake(), t.TempDir()
	a, b := f.mirror(t, nil), f.mirror(t, nil)
	a.Close()
	b.Close()
	_, err := f.load(context.Background(), Options{CacheDir: cache}, a, b)
	wantError(t, err, bigName, "fake", a.URL+"/some/folder/"+bigName, b.URL, "refused",
		"--data digits", "folder", "t10k-labels-idx1-ubyte.gz")
	if got := listing(t, filepath.Join(cache, f.name)); len(got) != 0 {
		t.Errorf("cache holds %q, want nothing", got)
	}
}

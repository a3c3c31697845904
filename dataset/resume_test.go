package dataset

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"testing"
	"time"
)

func TestRemoteResumes(t *testing.T) {
	for _, c := range []struct {
		name  string
		after int
		times int
		want  []string // ranges asked for; %d: the bytes that came so far
	}{
		{"once", 100_000, 1, []string{"", "bytes=100000-"}},
		{"three times", 50_000, 3, []string{"", "bytes=50000-", "bytes=100000-", "bytes=150000-"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			f, cache := newFake(), t.TempDir()
			m := f.mirror(t, breakAfter(c.after, c.times))
			set, err := f.load(context.Background(), Options{CacheDir: cache}, m)
			f.check(t, set, err, cache)
			if got := m.asked(); fmt.Sprint(got) != fmt.Sprint(c.want) {
				t.Errorf("asked for %q, want %q", got, c.want)
			}
		})
	}
}

// A server that always breaks off is left for good, and what it has sent is the
// start of the next run.
func TestRemoteResumesInTheNextRun(t *testing.T) {
	f, cache := newFake(), t.TempDir()
	bad := f.mirror(t, breakAfter(1000, 100))
	_, err := f.load(context.Background(), Options{CacheDir: cache}, bad)
	wantError(t, err, bigName, bad.URL, "after 5 attempts", "EOF", "--data digits")
	if got := listing(t, filepath.Join(cache, f.name)); fmt.Sprint(got) != "["+bigName+".part]" {
		t.Fatalf("cache holds %q, want the .part file", got)
	}
	good := f.mirror(t, nil)
	set, err := f.load(context.Background(), Options{CacheDir: cache}, good)
	f.check(t, set, err, cache)
	if got := good.asked(); fmt.Sprint(got) != "[bytes=5000-]" {
		t.Errorf("asked for %q, want the rest after 5000 bytes", got)
	}
}

// Whatever waits as a .part file, the result is right.
func TestRemoteUnfinishedFile(t *testing.T) {
	f := newFake()
	archive := f.archives[bigName]
	wrong := bytes.Clone(archive[:5000])
	wrong[2000] ^= 1
	for _, c := range []struct {
		name    string
		part    []byte
		special func(http.ResponseWriter, *http.Request, string, []byte) bool
		want    string // ranges asked for
	}{
		{"good start", archive[:5000], nil, "[bytes=5000-]"},
		{"wrong start", wrong, nil, "[bytes=5000- ]"},
		{"complete", archive, nil, fmt.Sprintf("[bytes=%d- ]", len(archive))},
		{"too long", append(bytes.Clone(archive), "more"...), nil, fmt.Sprintf("[bytes=%d- ]", len(archive)+4)},
		{"server without ranges", archive[:5000], noRange, "[bytes=5000-]"},
		{"server with other ranges", archive[:5000], func(w http.ResponseWriter, r *http.Request, _ string, a []byte) bool {
			if r.Header.Get("Range") == "" {
				return false
			}
			w.Header().Set("Content-Range", fmt.Sprintf("bytes 0-99/%d", len(a)))
			w.WriteHeader(http.StatusPartialContent)
			_, _ = w.Write(a[:100])
			return true
		}, "[bytes=5000- ]"},
	} {
		t.Run(c.name, func(t *testing.T) {
			cache := t.TempDir()
			f.inCache(t, cache, bigName+".part", c.part)
			m := f.mirror(t, c.special)
			set, err := f.load(context.Background(), Options{CacheDir: cache}, m)
			f.check(t, set, err, cache)
			if got := fmt.Sprint(m.asked()); got != c.want {
				t.Errorf("asked for %s, want %s", got, c.want)
			}
		})
	}
}

// Work of a killed process is taken over when it is old, and left alone when
// its owner may be alive.
func TestRemoteOrphans(t *testing.T) {
	f, cache := newFake(), t.TempDir()
	old := f.inCache(t, cache, bigName+".part-1-0", f.archives[bigName][:7000])
	past := time.Now().Add(-2 * orphanAge)
	if err := os.Chtimes(old, past, past); err != nil {
		t.Fatal(err)
	}
	live := f.inCache(t, cache, bigName+".part-2-0", f.archives[bigName][:9000])
	m := f.mirror(t, nil)
	if _, err := f.load(context.Background(), Options{CacheDir: cache}, m); err != nil {
		t.Fatal(err)
	}
	if got := fmt.Sprint(m.asked()); got != "[bytes=7000-]" {
		t.Errorf("asked for %s, want the rest of the old file", got)
	}
	if _, err := os.Stat(live); err != nil {
		t.Errorf("the file of a live process is gone: %v", err)
	}
	if _, err := os.Stat(old); err == nil {
		t.Error("the file of a dead process is still there")
	}
}

// A server that packs what it sends would make offsets meaningless.
func TestRemoteAsksForBytesAsTheyAre(t *testing.T) {
	f, cache := newFake(), t.TempDir()
	breakOnce := breakAfter(1000, 1)
	m := f.mirror(t, func(w http.ResponseWriter, r *http.Request, name string, archive []byte) bool {
		if got := r.Header.Get("Accept-Encoding"); got != "identity" {
			t.Errorf("Accept-Encoding is %q, want identity", got)
		}
		return breakOnce(w, r, name, archive)
	})
	set, err := f.load(context.Background(), Options{CacheDir: cache}, m)
	f.check(t, set, err, cache)
}

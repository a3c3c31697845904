package dataset

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// hang sends n bytes of the big file and then nothing.
func hang(n int) func(http.ResponseWriter, *http.Request, string, []byte) bool {
	return func(w http.ResponseWriter, r *http.Request, name string, archive []byte) bool {
		if name != bigName {
			return false
		}
		w.Header().Set("Content-Length", fmt.Sprint(len(archive)))
		_, _ = w.Write(archive[:n])
		w.(http.Flusher).Flush()
		<-r.Context().Done()
		return true
	}
}

func TestRemoteStall(t *testing.T) {
	f, cache := newFake(), t.TempDir()
	opts := Options{CacheDir: cache, stall: 100 * time.Millisecond}
	bad := f.mirror(t, hang(3000))
	_, err := f.load(context.Background(), opts, bad)
	wantError(t, err, bad.URL, "no data for 100ms")

	silent := f.mirror(t, func(_ http.ResponseWriter, r *http.Request, _ string, _ []byte) bool {
		<-r.Context().Done() // not even a header
		return true
	})
	good := f.mirror(t, nil)
	set, err := f.load(context.Background(), opts, silent, good)
	f.check(t, set, err, cache)
	if got := good.asked(); len(got) != 1 || got[0] == "" {
		t.Errorf("asked for %q, want the rest of what the first one sent", got)
	}
}

// Slow is not stalled: the whole takes longer than the limit here.
func TestRemoteSlow(t *testing.T) {
	f, cache := newFake(), t.TempDir()
	const pieces, pause, stall = 12, 50 * time.Millisecond, 400 * time.Millisecond
	m := f.mirror(t, func(w http.ResponseWriter, _ *http.Request, name string, archive []byte) bool {
		if name != bigName {
			return false
		}
		for piece := range slices.Chunk(archive, len(archive)/pieces) {
			_, _ = w.Write(piece)
			w.(http.Flusher).Flush()
			time.Sleep(pause)
		}
		return true
	})
	set, err := f.load(context.Background(), Options{CacheDir: cache, stall: stall}, m)
	f.check(t, set, err, cache)
	if len(m.asked()) != 1 {
		t.Errorf("asked for %q, want one request", m.asked())
	}
}

func TestRemoteCancelled(t *testing.T) {
	f, cache := newFake(), t.TempDir()
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	m := f.mirror(t, hang(3000))
	other := f.mirror(t, nil)
	opts := Options{CacheDir: cache, Progress: func(_ string, done, _ int64) {
		if done == 3000 {
			cancel()
		}
	}}
	_, err := f.load(ctx, opts, m, other)
	if !errors.Is(err, context.Canceled) {
		t.Fatalf("%v, want %v", err, context.Canceled)
	}
	if other.total() != 0 {
		t.Error("asked the next mirror after the end")
	}
	if strings.Contains(err.Error(), "--data") {
		t.Errorf("error %q gives advice to somebody who has stopped it", err)
	}
	part, err := os.ReadFile(filepath.Join(cache, f.name, bigName+".part"))
	if err != nil || !bytes.Equal(part, f.archives[bigName][:3000]) {
		t.Errorf("%d bytes kept, %v, want the 3000 that came", len(part), err)
	}
}

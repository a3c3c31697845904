package dataset

import (
	"bytes"
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"os"
	"path"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// A fake is a remote set of 13 + 3 images that are large enough to break off
// in the middle, and what its mirrors serve.
type fake struct {
	remote
	content  [4][]byte
	archives map[string][]byte // by file name
}

const bigName = "train-images-idx3-ubyte.gz" // the file that the tests break

// newFake makes it once: the tests change the value, never what it refers to.
var newFake = sync.OnceValue(func() fake {
	f := fake{remote: remote{name: "fake"}, archives: map[string][]byte{}}
	f.content = [4][]byte{
		imageFile(13, 100, 200, noise(1, 13*100*200)),
		labelFile(noise(2, 13)),
		imageFile(3, 100, 200, noise(3, 3*100*200)),
		labelFile(noise(4, 3)),
	}
	for i, content := range f.content {
		f.files[i] = known{int64(len(content)), sha(content)}
		f.archives[roles[i].names()[0]] = zipped(content)
	}
	return f
})

// A mirror serves the archives of a fake, except where special does something
// else, and writes down what it is asked for.
type mirror struct {
	*httptest.Server
	special func(w http.ResponseWriter, r *http.Request, name string, archive []byte) (done bool)

	mu       sync.Mutex
	requests []string // name and range
}

func (f fake) mirror(t *testing.T, special func(http.ResponseWriter, *http.Request, string, []byte) bool) *mirror {
	t.Helper()
	m := &mirror{special: special}
	m.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name := path.Base(r.URL.Path)
		m.mu.Lock()
		m.requests = append(m.requests, strings.TrimSpace(name+" "+r.Header.Get("Range")))
		m.mu.Unlock()
		archive, ok := f.archives[name]
		if !ok {
			http.NotFound(w, r)
			return
		}
		if m.special != nil && m.special(w, r, name, archive) {
			return
		}
		http.ServeContent(w, r, name, time.Time{}, bytes.NewReader(archive))
	}))
	t.Cleanup(m.Close)
	return m
}

// asked is the requests for the big file: its ranges, "" for the whole.
func (m *mirror) asked() []string {
	m.mu.Lock()
	defer m.mu.Unlock()
	var ranges []string
	for _, r := range m.requests {
		if rest, ok := strings.CutPrefix(r, bigName); ok {
			ranges = append(ranges, strings.TrimSpace(rest))
		}
	}
	return ranges
}

func (m *mirror) total() int {
	m.mu.Lock()
	defer m.mu.Unlock()
	return len(m.requests)
}

// breakAfter sends n bytes of the rest of the archive and drops the connection,
// the first times that the big file is asked for.
func breakAfter(n, times int) func(http.ResponseWriter, *http.Request, string, []byte) bool {
	var mu sync.Mutex
	return func(w http.ResponseWriter, r *http.Request, name string, archive []byte) bool {
		mu.Lock()
		defer mu.Unlock()
		if name != bigName || times == 0 {
			return false
		}
		times--
		http.ServeContent(&breaking{w, n}, r, name, time.Time{}, bytes.NewReader(archive))
		panic(http.ErrAbortHandler)
	}
}

// breaking lets n bytes through.
type breaking struct {
	http.ResponseWriter
	n int
}

func (b *breaking) Write(p []byte) (int, error) {
	k := min(len(p), b.n)
	b.n -= k
	if _, err := b.ResponseWriter.Write(p[:k]); err != nil {
		return 0, err
	}
	if k < len(p) {
		b.ResponseWriter.(http.Flusher).Flush()
		return k, errors.New("broken on purpose")
	}
	return k, nil
}

// noRange serves everything from the start.
func noRange(w http.ResponseWriter, _ *http.Request, _ string, archive []byte) bool {
	_, _ = w.Write(archive)
	return true
}

// load loads the fake from the mirrors.
func (f fake) load(ctx context.Context, opts Options, mirrors ...*mirror) (Set, error) {
	for _, m := range mirrors {
		opts.Mirrors = append(opts.Mirrors, m.URL+"/some/folder")
	}
	return loadRemote(ctx, f.remote, opts)
}

// check compares a loaded set with the content, and the cache with what it
// should be after a success: four good files and nothing else.
func (f fake) check(t *testing.T, set Set, err error, cacheDir string) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	if set.Name != f.name || set.Train.Len() != 11 || set.Valid.Len() != 2 || set.Test.Len() != 3 {
		t.Errorf("%q: %d, %d, %d images, want fake: 11, 2, 3", set.Name, set.Train.Len(), set.Valid.Len(), set.Test.Len())
	}
	pixels := append(bytes.Clone(set.Train.Pixels), set.Valid.Pixels...)
	if !bytes.Equal(pixels, f.content[0][16:]) || !bytes.Equal(set.Test.Pixels, f.content[2][16:]) {
		t.Error("pixels differ from what was served")
	}
	want := map[string]bool{}
	for i := range roles {
		name := roles[i].names()[0]
		want[name] = true
		if _, err := readCached(f.remote, i, filepath.Join(cacheDir, f.name)); err != nil {
			t.Errorf("cache: %v", err)
		}
	}
	for _, name := range listing(t, filepath.Join(cacheDir, f.name)) {
		if !want[name] {
			t.Errorf("left over in the cache: %s", name)
		}
	}
}

func listing(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

// inCache writes one file of the cache before a test.
func (f fake) inCache(t *testing.T, cacheDir, name string, content []byte) string {
	t.Helper()
	file := filepath.Join(cacheDir, f.name, name)
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, content, 0o644); err != nil {
		t.Fatal(err)
	}
	return file
}

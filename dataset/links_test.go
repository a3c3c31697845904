package dataset

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"
)

// TestRemoteNoFile: what stands in the place of an unfinished download and is none is left as it
// is, and nothing is written where a link leads. One that looks as if a killed process had left it
// is not taken up.
func TestRemoteNoFile(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("links need a privilege")
	}
	f := newFake()
	for name, make := range map[string]func(path, victim string) error{
		"link":   func(path, victim string) error { return os.Symlink(victim, path) },
		"folder": func(path, _ string) error { return os.Mkdir(path, 0o755) },
	} {
		for end, want := range map[string]string{".part": " is a link, a folder or a pipe", ".part-1-00000001": ""} {
			cache, victim := t.TempDir(), filepath.Join(t.TempDir(), "precious")
			path := filepath.Join(cache, f.name, bigName+end)
			old := time.Now().Add(-2 * orphanAge)
			err := errors.Join(os.WriteFile(victim, []byte("precious"), 0o644), os.MkdirAll(filepath.Dir(path), 0o755),
				make(path, victim), os.Chtimes(path, old, old))
			if err != nil {
				t.Fatal(err)
			}
			before, err := os.Lstat(path)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := f.load(t.Context(), Options{CacheDir: cache}, f.mirror(t, nil)); (err != nil) != (want != "") || err != nil && !strings.Contains(err.Error(), path+want) {
				t.Errorf("%s, %s: %v", name, end, err)
			}
			if now, err := os.Lstat(path); err != nil || !os.SameFile(before, now) {
				t.Errorf("%s, %s: it has gone, %v", name, end, err)
			}
			if content, err := os.ReadFile(victim); err != nil || string(content) != "precious" {
				t.Errorf("%s, %s: %q, %v", name, end, content, err)
			}
		}
	}
}

// TestRedirects: none leads from an address with TLS to one without.
func TestRedirects(t *testing.T) {
	asked := false
	plain := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { asked = true }))
	defer plain.Close()
	secure := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/plain":
			http.Redirect(w, r, plain.URL, http.StatusFound)
		case "/twice":
			http.Redirect(w, r, "/plain", http.StatusFound)
		case "/round":
			http.Redirect(w, r, "/round", http.StatusFound)
		case "/other":
			http.Redirect(w, r, "/there", http.StatusFound)
		}
	}))
	defer secure.Close()
	before := http.DefaultTransport
	http.DefaultTransport = secure.Client().Transport
	defer func() { http.DefaultTransport = before }()
	for path, want := range map[string]string{"/plain": "which is not encrypted", "/twice": "which is not encrypted", "/round": "redirects 10 times", "/other": ""} {
		resp, err := get(t.Context(), secure.URL+path, 0)
		if err == nil {
			resp.Body.Close()
		}
		if (err != nil) != (want != "") || err != nil && !strings.Contains(err.Error(), want) || asked {
			t.Errorf("%s: %v, want %q; the other was asked: %v", path, err, want, asked)
		}
	}
}

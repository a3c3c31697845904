package dataset

import (
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
// is, and nothing is written where a link leads.
func TestRemoteNoFile(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("links need a privilege")
	}
	f := newFake()
	for name, make := range map[string]func(path, victim string) error{
		"link":   func(path, victim string) error { return os.Symlink(victim, path) },
		"folder": func(path, _ string) error { return os.Mkdir(path, 0o755) },
	} {
		cache, victim := t.TempDir(), filepath.Join(t.TempDir(), "precious")
		if err := os.WriteFile(victim, []byte("precious"), 0o644); err != nil {
			t.Fatal(err)
		}
		dir := filepath.Join(cache, f.name)
		if err := os.MkdirAll(dir, 0o755); err != nil {
			t.Fatal(err)
		}
		// One that looks as if a killed process had left it is not taken up.
		path := filepath.Join(dir, bigName+".part")
		for _, at := range []string{path, path + "-1-00000001"} {
			if err := make(at, victim); err != nil {
				t.Fatal(err)
			}
		}
		old := time.Now().Add(-time.Hour)
		if err := os.Chtimes(victim, old, old); err != nil {
			t.Fatal(err)
		}
		before := listing(t, dir)
		_, err := f.load(t.Context(), Options{CacheDir: cache}, f.mirror(t, nil))
		if err == nil || !strings.Contains(err.Error(), path+" is a link, a folder or a pipe") {
			t.Errorf("%s: %v", name, err)
		}
		if content, err := os.ReadFile(victim); err != nil || string(content) != "precious" || strings.Join(listing(t, dir), " ") != strings.Join(before, " ") {
			t.Errorf("%s: %q, %v; the cache has %v, had %v", name, content, err, listing(t, dir), before)
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

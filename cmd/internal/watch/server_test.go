package watch

import (
	"bytes"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/targetprop/targetprop/cmd/internal/cli"
	"github.com/targetprop/targetprop/cmd/internal/frame"
	"github.com/targetprop/targetprop/cmd/internal/run"
	"github.com/targetprop/targetprop/cmd/internal/settings"
	"github.com/targetprop/targetprop/cmd/internal/task"
	"github.com/targetprop/targetprop/cmd/internal/tiny"
)

// trained is the folder of a small run that has ended.
func trained(t *testing.T, of task.Task) run.Dir {
	t.Helper()
	return trainedOn(t, of, tiny.Data(t))
}

func trainedOn(t *testing.T, of task.Task, data string) run.Dir {
	t.Helper()
	r, view := begunOn(t, of, data, 2)
	if err := r.Train(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := r.Finish(t.Context()); err != nil {
		t.Fatal(err)
	}
	view.End(frame.Finished, "", "")
	if view.Err != nil {
		t.Error(view.Err)
	}
	return r.Dir
}

// begun is a small run before its first epoch.
func begun(t *testing.T, of task.Task, epochs int) (*run.Run, *run.View) {
	t.Helper()
	return begunOn(t, of, tiny.Data(t), epochs)
}

func begunOn(t *testing.T, of task.Task, data string, epochs int) (*run.Run, *run.View) {
	t.Helper()
	engine, err := cli.NewEngine(1)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(engine.Close)
	given := settings.Given{{Name: "layers", Value: "9,4"}, {Name: "batch", Value: "50"}, {Name: "lr", Value: "0.001"}}
	given = append(given, settings.Setting{Name: "epochs", Value: string(rune('0' + epochs))})
	r, err := run.Start(t.Context(), run.Options{
		Dir: run.Dir(filepath.Join(t.TempDir(), of.Name)), Task: of, Data: data, Given: given, Every: time.Hour, Engine: engine, Download: io.Discard,
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(r.Close)
	view := run.NewView(r)
	r.Observe(view)
	return r, view
}

// get is the answer to a request below the server's address.
func get(t *testing.T, s *Server, path string, change func(*http.Request)) (status int, body string) {
	t.Helper()
	req, err := http.NewRequest(http.MethodGet, s.URL+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	return do(t, req, change)
}

// post sends v as JSON.
func post(t *testing.T, s *Server, path string, v any, change func(*http.Request)) (status int, body string) {
	t.Helper()
	text, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	req, err := http.NewRequest(http.MethodPost, s.URL+path, bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	return do(t, req, change)
}

func do(t *testing.T, req *http.Request, change func(*http.Request)) (status int, body string) {
	t.Helper()
	if change != nil {
		change(req)
	}
	r, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	content, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	if policy := r.Header.Get("Content-Security-Policy"); !strings.HasPrefix(policy, "default-src 'none'") {
		t.Errorf("%s: policy %q", req.URL, policy)
	}
	return r.StatusCode, string(content)
}

// TestGuard: who does not know the token, comes by another name or from another
// page is refused.
func TestGuard(t *testing.T) {
	s := served(t, t.TempDir())
	at, err := url.Parse(s.URL)
	if err != nil {
		t.Fatal(err)
	}
	if host, _, _ := net.SplitHostPort(at.Host); !net.ParseIP(host).IsLoopback() {
		t.Errorf("served at %s", s.URL)
	}
	header := func(name, value string) func(*http.Request) {
		return func(r *http.Request) { r.Header.Set(name, value) }
	}
	host := func(name string) func(*http.Request) { return func(r *http.Request) { r.Host = name } }
	for _, c := range []struct {
		what   string
		change func(*http.Request)
		want   int
	}{
		{"as it is", nil, 200},
		{"localhost through a tunnel", host("localhost:8080"), 200},
		{"IPv6", host("[::1]:7117"), 200},
		{"a foreign name", host("evil.example"), 403},
		{"a foreign name that ends like ours", host("evil.localhost.example:7117"), 403},
		{"another network's number", host("192.168.0.7"), 403},
		{"no host", host("-"), 403},
		{"its own origin", header("Origin", "http://"+at.Host), 200},
		{"a foreign origin", header("Origin", "http://evil.example"), 403},
		{"an opaque origin", header("Origin", "null"), 403},
		{"a foreign page's script", header("Sec-Fetch-Site", "cross-site"), 403},
		{"another token", func(r *http.Request) { r.URL.Path = "/" + strings.Repeat("A", 26) + "/" }, 404},
		{"no token", func(r *http.Request) { r.URL.Path = "/" }, 404},
		{"out of the folder", func(r *http.Request) { r.URL.Path += "../../routes.go" }, 404},
	} {
		if status, body := get(t, s, "", c.change); status != c.want {
			t.Errorf("%s: status %d, want %d: %.80s", c.what, status, c.want, body)
		}
	}
	if !knownHost("192.168.0.7:7117", false) || knownHost("evil.example", false) {
		t.Error("an address that was asked for is known by its number, and by no foreign name")
	}
	if status, _ := get(t, s, "api/runs", nil); status != 200 {
		t.Errorf("no runs: status %d", status)
	}
	for _, path := range []string{"api/runs/0", "api/runs/-1", "api/runs/x", "api/runs/../0"} {
		if status, _ := get(t, s, path, nil); status != 404 {
			t.Errorf("%s: status %d", path, status)
		}
	}
}

// TestAddress: what is no address is said to be none, and the default is the
// loopback.
func TestAddress(t *testing.T) {
	for given, want := range map[string]string{"8080": "127.0.0.1 8080", ":0": "127.0.0.1 0", "0.0.0.0:1": "0.0.0.0 1", "[::1]:2": "::1 2"} {
		if host, port, err := splitAddress(given); err != nil || host+" "+port != want {
			t.Errorf("%s: %s %s, %v", given, host, port, err)
		}
	}
	for _, bad := range []string{"a:b:c", "127.0.0.1:x", "no.such.host.invalid:1"} {
		if l, err := Listen(bad); err == nil {
			t.Errorf("%s is served at %s", bad, l.Addr())
		}
	}
}

// TestPageIsWhole: the page names no file that is not there and nothing elsewhere.
func TestPageIsWhole(t *testing.T) {
	handler := routes(newRuns(nil), newPlayground(nil))
	entries, err := embedded.ReadDir("page")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		content, err := embedded.ReadFile("page/" + e.Name())
		if err != nil {
			t.Fatal(err)
		}
		w := httptest.NewRecorder()
		handler.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/"+strings.TrimSuffix(e.Name(), "index.html"), nil))
		if w.Code != 200 || !bytes.Equal(w.Body.Bytes(), content) {
			t.Errorf("%s: status %d", e.Name(), w.Code)
		}
		if lines := bytes.Count(content, []byte("\n")); lines > 300 {
			t.Errorf("%s has %d lines, want 300 at most", e.Name(), lines)
		}
		for _, part := range strings.FieldsFunc(string(content), func(r rune) bool { return r == '"' || r == '\'' || r == '(' || r == ')' }) {
			if strings.Contains(part, "//") && strings.Contains(part, ":") && !strings.Contains(part, " ") && !strings.HasPrefix(part, "http://www.w3.org/") {
				t.Errorf("%s: %s is elsewhere", e.Name(), part)
			}
			if name := strings.TrimPrefix(part, "./"); strings.HasSuffix(name, ".js") || strings.HasSuffix(name, ".css") || strings.HasSuffix(name, ".svg") {
				if _, err := embedded.ReadFile("page/" + name); err != nil {
					t.Errorf("%s: %v", e.Name(), err)
				}
			}
		}
	}
}

// TestRuns: the page is told what the folders hold, also of a run that is new or
// of an earlier version.
func TestRuns(t *testing.T) {
	dir := trained(t, task.Generate)
	parent := filepath.Dir(string(dir))
	old := filepath.Join(parent, "old")
	if err := os.Mkdir(old, 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(old, "log.csv"), []byte("epoch,f1,images_per_second,seconds\n1,2.5,100,3\n2,NaN,100,3\nhalf a r"), 0o666); err != nil {
		t.Fatal(err)
	}
	s := served(t, parent)
	var all []status
	_, body := get(t, s, "api/runs", nil)
	if err := json.Unmarshal([]byte(body), &all); err != nil || len(all) != 2 {
		t.Fatalf("%v: %s", err, body)
	}
	if all[0].Name != "generate" || all[0].Now.State != frame.Finished || all[0].Now.Epoch != 2 || all[1].Name != "old" || all[1].Now.State != "" {
		t.Errorf("%+v", all)
	}
	var a about
	_, body = get(t, s, "api/runs/0", nil)
	if err := json.Unmarshal([]byte(body), &a); err != nil {
		t.Fatal(err)
	}
	if a.Run == nil || a.Run.Task != "generate" || a.Run.Probes == nil || len(a.Run.Settings) < 10 || len(a.Rows) != 2 || len(a.Frames) != 1 || a.Frames[0] != 2 || len(a.Angles) != 1 || len(a.Angles[0].Layers) != 2 || a.Model != "model" {
		t.Errorf("%s", body)
	}
	_, body = get(t, s, "api/runs/1", nil)
	if !strings.Contains(body, `"rows":[[1,2.5,100,3],[2,null,100,3]]`) || !strings.Contains(body, `"run":null`) {
		t.Error(body)
	}
	var f frame.Frame
	_, body = get(t, s, "api/runs/0/frames/2", nil)
	if err := json.Unmarshal([]byte(body), &f); err != nil || f.Samples == nil || f.Samples.Count != 9 || f.Reconstructions == nil || len(f.Fields) != 2 || len(f.States) != 2 {
		t.Errorf("%v: %.300s", err, body)
	}
	for _, path := range []string{"api/runs/0/frames/1", "api/runs/0/frames/-2", "api/runs/0/frames/..%2F..%2Fx", "api/runs/2"} {
		if status, _ := get(t, s, path, nil); status != 404 {
			t.Errorf("%s: status %d", path, status)
		}
	}
}

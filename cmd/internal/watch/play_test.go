package watch

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/targetprop/targetprop/cmd/internal/frame"
	"github.com/targetprop/targetprop/cmd/internal/run"
	"github.com/targetprop/targetprop/cmd/internal/task"
	"github.com/targetprop/targetprop/cmd/internal/tiny"
)

// played are the answers to an action, which must succeed.
func played(t *testing.T, s *Server, path string, r request) []reply {
	t.Helper()
	status, body := post(t, s, path, r, nil)
	if status != 200 {
		t.Fatalf("%s: status %d: %s", path, status, body)
	}
	var all []reply
	for line := range strings.Lines(body) {
		var r reply
		if err := json.Unmarshal([]byte(line), &r); err != nil {
			t.Fatal(err)
		}
		all = append(all, r)
	}
	return all
}

const pixels = tiny.Height * tiny.Width

// TestPlay: each action with a generative model does what it says.
func TestPlay(t *testing.T) {
	s := served(t, string(trained(t, task.Generate)))
	m := played(t, s, "api/runs/0/model", request{})[0].Model
	if m == nil || !m.Generative || !m.Samples || m.Classes != 0 || m.Height != tiny.Height || m.Width != tiny.Width || len(m.Mean) != 4 || m.File != "model.safetensors" {
		t.Fatalf("%+v", m)
	}
	image, missing, other := make([]byte, pixels), make([]byte, pixels), make([]byte, pixels)
	for j := range image {
		image[j], other[j] = byte(7*j), byte(255-7*j)
	}
	missing[3], missing[20] = 1, 1
	rounds := played(t, s, "api/runs/0/fill", request{Pixels: image, Missing: missing, Rounds: 4, Seed: 1})
	if len(rounds) != 5 || rounds[4].Round != 4 {
		t.Fatalf("%d rounds", len(rounds))
	}
	moved := false
	for _, r := range rounds {
		for j, v := range r.Pixels {
			if missing[j] == 0 && v != image[j] {
				t.Errorf("round %d: visible pixel %d has changed", r.Round, j)
			}
			moved = moved || missing[j] != 0 && v != rounds[0].Pixels[j]
		}
	}
	if !moved {
		t.Error("the missing pixels stay where they began")
	}
	sample := func(seed uint64) string {
		r := played(t, s, "api/runs/0/sample", request{Seed: seed, Count: 3, Rounds: 1, Scale: 4})[0]
		if r.Count != 3 || len(r.Pixels) != 3*pixels {
			t.Errorf("%d samples of %d bytes", r.Count, len(r.Pixels))
		}
		return string(r.Pixels)
	}
	if first := sample(1); first != sample(1) || first == sample(2) {
		t.Error("a seed is no sample")
	}
	walk := played(t, s, "api/runs/0/walk", request{Pixels: image, To: other, Count: 5})[0]
	top := played(t, s, "api/runs/0/top", request{Pixels: image})[0]
	again := played(t, s, "api/runs/0/top", request{Values: top.Values})[0]
	if walk.Count != 5 || string(walk.Pixels[:pixels]) != string(top.Pixels) || string(again.Pixels) != string(top.Pixels) {
		t.Error("a walk begins with the image of its first states, which its top units draw")
	}
	if end := played(t, s, "api/runs/0/top", request{Pixels: other})[0]; string(walk.Pixels[4*pixels:]) != string(end.Pixels) {
		t.Error("a walk ends elsewhere")
	}
}

// TestPlayRefuses: what a page may not ask for is refused in words.
func TestPlayRefuses(t *testing.T) {
	s := served(t, string(trained(t, task.Classify)))
	if a := played(t, s, "api/runs/0/answer", request{Pixels: make([]byte, pixels)})[0].Answer; len(a) != tiny.Classes {
		t.Errorf("answer %v", a)
	}
	for path, r := range map[string]any{
		"answer": request{Pixels: make([]byte, 3)}, "fill": request{Pixels: make([]byte, pixels)}, "walk": request{}, "sample": request{Count: 1}, "top": "no object",
	} {
		if status, body := post(t, s, "api/runs/0/"+path, r, nil); status != 400 || body == "" {
			t.Errorf("%s: status %d: %s", path, status, body)
		}
	}
	long := request{Pixels: make([]byte, mostBytes)}
	if status, _ := post(t, s, "api/runs/0/answer", long, nil); status != 400 {
		t.Errorf("a long request: status %d", status)
	}
	if status, _ := post(t, s, "api/runs/0/answer", request{}, func(r *http.Request) { r.Header.Set("Origin", "http://evil.example") }); status != 403 {
		t.Errorf("a foreign page: status %d", status)
	}
	if status, _ := get(t, s, "api/runs/0/answer", nil); status != 404 {
		t.Errorf("GET of an action: status %d", status)
	}
}

// TestPlayLabels: a model with labels answers, also while it fills in, and draws a
// class.
func TestPlayLabels(t *testing.T) {
	dir := trained(t, task.Label)
	s := served(t, string(dir))
	missing := make([]byte, pixels)
	missing[0] = 1
	last := played(t, s, "api/runs/0/fill", request{Pixels: make([]byte, pixels), Missing: missing, Rounds: 2})[2]
	var sum float32
	for _, p := range last.Answer {
		sum += p
	}
	if len(last.Answer) != tiny.Classes || sum < 0.999 || sum > 1.001 {
		t.Errorf("answer %v", last.Answer)
	}
	sample := func(class int) string {
		return string(played(t, s, "api/runs/0/sample", request{Count: 2, Class: class})[0].Pixels)
	}
	if sample(1) == sample(2) {
		t.Error("two classes have the same samples")
	}
	// Without the model there is the checkpoint, with the prior of the last frame.
	if err := os.Remove(dir.Model()); err != nil {
		t.Fatal(err)
	}
	if m := played(t, s, "api/runs/0/model", request{})[0].Model; m.File != "checkpoint.safetensors" || !m.Samples {
		t.Errorf("%+v", m)
	}
	sample(-1)
}

// logOnly is the folder of a run that has only a log.
func logOnly(t *testing.T) run.Dir {
	t.Helper()
	dir := run.Dir(t.TempDir())
	if err := os.WriteFile(dir.Log(), []byte("epoch,f1,images_per_second,seconds\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	return dir
}

// TestPlayOneAtATime: what is asked beyond a queue is refused.
func TestPlayOneAtATime(t *testing.T) {
	dir := logOnly(t)
	p := newPlayground(nil)
	for range waiting {
		p.queue <- struct{}{}
	}
	w := httptest.NewRecorder()
	routes(newRuns([]string{string(dir)}), p).ServeHTTP(w, httptest.NewRequest(http.MethodPost, "/api/runs/0/answer", strings.NewReader("{}")))
	if w.Code != http.StatusTooManyRequests {
		t.Errorf("status %d", w.Code)
	}
}

// TestSilent: a run that says nothing any more is not taken for one that trains.
func TestSilent(t *testing.T) {
	dir := logOnly(t)
	if err := os.Mkdir(string(dir.Frames()), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := dir.Frames().SetNow(frame.Now{State: frame.Training, Time: time.Now().Add(-time.Hour)}); err != nil {
		t.Fatal(err)
	}
	f := newRuns([]string{string(dir)}).at("0")
	if got := f.status().Silent; got < 3599 {
		t.Errorf("silent for %v s", got)
	}
}

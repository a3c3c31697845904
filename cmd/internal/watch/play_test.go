package watch

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"math"
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
	"github.com/targetprop/targetprop/internal/untuned"
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

// TestPlayInColour: a model of bright pictures in colour, which reads them as -1 to 1,
// shows its moments and does each action.
func TestPlayInColour(t *testing.T) {
	const height, width, numbers = 4, 6, 3 * 4 * 6
	data := t.TempDir()
	for i := range 120 {
		p := make([]byte, numbers)
		for j := range p {
			p[j] = byte(80 + (i*37+j*j*11)%150)
		}
		untuned.Write(t, untuned.PNG(t, p, height, width), data, fmt.Sprintf("%03d.png", i))
	}
	dir := trainedOn(t, task.Generate, data)
	s := served(t, string(dir))
	epochs := dir.Frames().Epochs()
	f, err := dir.Frames().Read(epochs[len(epochs)-1])
	if err != nil || f.Samples == nil || f.Reconstructions == nil || len(f.Fields) != 2 {
		t.Fatalf("%+v, %v", f, err)
	}
	for _, sheet := range []*frame.Sheet{f.Samples, f.Reconstructions, f.Fields[0].Sheet, f.Fields[1].Sheet} {
		if sheet == nil || sheet.Channels != 3 || sheet.Height != height || sheet.Width != width {
			t.Fatalf("a sheet is not in colour: %+v", sheet)
		}
	}
	if m := played(t, s, "api/runs/0/model", request{})[0].Model; m.Channels != 3 || m.Height != height || m.Width != width {
		t.Fatalf("%+v", m)
	}
	image, missing := make([]byte, numbers), make([]byte, height*width)
	for j := range image {
		image[j] = byte(3 * j)
	}
	missing[5] = 1
	for _, r := range played(t, s, "api/runs/0/fill", request{Pixels: image, Missing: missing, Rounds: 3, Seed: 1}) {
		for j, v := range r.Pixels {
			if missing[j/3] == 0 && v != image[j] {
				t.Errorf("round %d: number %d of a visible pixel is %d, was %d", r.Round, j, v, image[j])
			}
		}
	}
	if r := played(t, s, "api/runs/0/sample", request{Seed: 1, Count: 2, Rounds: 1})[0]; len(r.Pixels) != 2*numbers {
		t.Errorf("2 samples of %d bytes", len(r.Pixels))
	}
	top := played(t, s, "api/runs/0/top", request{Pixels: image})[0]
	if walk := played(t, s, "api/runs/0/walk", request{Pixels: image, To: image, Count: 2})[0]; string(walk.Pixels[:numbers]) != string(top.Pixels) {
		t.Error("a walk begins with another image")
	}
	if status, body := post(t, s, "api/runs/0/fill", request{Pixels: image, Missing: image, Rounds: 1}, nil); status != 400 || !strings.Contains(body, "a mask of 72 pixels") {
		t.Errorf("a mask of as many pixels as numbers: %d, %s", status, body)
	}
}

// TestPlayNotFinite: a model that makes no numbers of images says so, and draws nothing black.
func TestPlayNotFinite(t *testing.T) {
	dir := trained(t, task.Generate)
	content, err := os.ReadFile(dir.Model())
	if err != nil {
		t.Fatal(err)
	}
	size := binary.LittleEndian.Uint64(content)
	var header map[string]json.RawMessage
	if err := json.Unmarshal(content[8:8+size], &header); err != nil {
		t.Fatal(err)
	}
	var tensor struct {
		Offsets [2]int `json:"data_offsets"`
	}
	if err := json.Unmarshal(header["encoder.1.weight"], &tensor); err != nil {
		t.Fatal(err)
	}
	values := content[8+size:][tensor.Offsets[0]:tensor.Offsets[1]]
	for i := 0; i < len(values); i += 4 {
		x := float32(3e38)
		if i%8 == 0 {
			x = -x
		}
		binary.LittleEndian.PutUint32(values[i:], math.Float32bits(x))
	}
	// Without a checksum, as a model of an earlier program.
	untuned.Write(t, bytes.Replace(content, []byte("content_sha256"), []byte("content_sha000"), 1), dir.Model())
	s := served(t, string(dir))
	image := bytes.Repeat([]byte{100, 200, 30}, pixels)[:pixels]
	for path, r := range map[string]request{"walk": {Pixels: image, To: image, Count: 3}, "top": {Pixels: image}} {
		if status, body := post(t, s, "api/runs/0/"+path, r, nil); status != http.StatusUnprocessableEntity || !strings.Contains(body, "finite") {
			t.Errorf("%s: status %d, %.100s", path, status, body)
		}
	}
}

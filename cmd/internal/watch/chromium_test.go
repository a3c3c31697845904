package watch

import (
	"bufio"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// browser is a headless Chromium that a test drives by the DevTools protocol, over
// a pair of pipes.
type browser struct {
	t       *testing.T
	to      *os.File
	session string

	mu      sync.Mutex
	next    int
	waiting map[int]chan message
	errors  []string // of the page's console, and of scripts
}

type message struct {
	ID     int             `json:"id"`
	Method string          `json:"method"`
	Params json.RawMessage `json:"params"`
	Result json.RawMessage `json:"result"`
	Error  *struct{ Message string }
}

// startBrowser starts the program with an empty profile.
func startBrowser(t *testing.T, program string) *browser {
	t.Helper()
	theirs, to, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	from, ours, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(program, "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars",
		"--user-data-dir="+t.TempDir(), "--remote-debugging-pipe", "about:blank")
	cmd.ExtraFiles = []*os.File{theirs, ours}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	theirs.Close()
	ours.Close()
	b := &browser{t: t, to: to, waiting: map[int]chan message{}}
	go b.listen(from)
	t.Cleanup(func() {
		to.Close()
		done := time.AfterFunc(5*time.Second, func() { _ = cmd.Process.Kill() })
		_ = cmd.Wait()
		done.Stop()
		time.Sleep(200 * time.Millisecond) // until the helpers of the process have let go of the profile
	})
	var target struct{ TargetID string }
	b.call("Target.createTarget", map[string]any{"url": "about:blank"}, &target)
	var attached struct{ SessionID string }
	b.call("Target.attachToTarget", map[string]any{"targetId": target.TargetID, "flatten": true}, &attached)
	b.session = attached.SessionID
	for _, domain := range []string{"Page", "Runtime", "Log", "Network"} {
		b.call(domain+".enable", nil, nil)
	}
	return b
}

// listen sorts what the browser says.
func (b *browser) listen(from *os.File) {
	r := bufio.NewReader(from)
	for {
		text, err := r.ReadBytes(0)
		if err != nil {
			return
		}
		var m message
		if json.Unmarshal(text[:len(text)-1], &m) != nil {
			continue
		}
		b.mu.Lock()
		if to := b.waiting[m.ID]; m.ID > 0 && to != nil {
			delete(b.waiting, m.ID)
			to <- m
		}
		switch m.Method {
		case "Runtime.exceptionThrown":
			b.errors = append(b.errors, string(m.Params))
		case "Log.entryAdded", "Runtime.consoleAPICalled":
			if strings.Contains(string(m.Params), `"level":"error"`) || strings.Contains(string(m.Params), `"type":"error"`) {
				b.errors = append(b.errors, string(m.Params))
			}
		}
		b.mu.Unlock()
	}
}

// call calls a method of the protocol.
func (b *browser) call(method string, params map[string]any, result any) {
	b.t.Helper()
	b.mu.Lock()
	b.next++
	id, answer := b.next, make(chan message, 1)
	b.waiting[id] = answer
	b.mu.Unlock()
	text, err := json.Marshal(map[string]any{"id": id, "method": method, "params": params, "sessionId": b.session})
	if b.session == "" {
		text, err = json.Marshal(map[string]any{"id": id, "method": method, "params": params})
	}
	if err != nil {
		b.t.Fatal(err)
	}
	if _, err := b.to.Write(append(text, 0)); err != nil {
		b.t.Fatal(err)
	}
	select {
	case m := <-answer:
		if m.Error != nil {
			b.t.Fatalf("%s: %s", method, m.Error.Message)
		}
		if result != nil {
			if err := json.Unmarshal(m.Result, result); err != nil {
				b.t.Fatal(err)
			}
		}
	case <-time.After(2 * time.Minute):
		b.t.Fatalf("%s: no answer", method)
	}
}

// eval is the value of an expression, which may be a promise.
func (b *browser) eval(expression string) any {
	b.t.Helper()
	var r struct {
		Result           struct{ Value any }
		ExceptionDetails json.RawMessage
	}
	b.call("Runtime.evaluate", map[string]any{"expression": expression, "returnByValue": true, "awaitPromise": true}, &r)
	if r.ExceptionDetails != nil {
		b.t.Fatalf("%s: %s", expression, r.ExceptionDetails)
	}
	return r.Result.Value
}

// until waits until an expression is true.
func (b *browser) until(what, expression string) {
	b.t.Helper()
	for end := time.Now().Add(time.Minute); time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
		if b.eval("(()=>{try{return !!("+expression+")}catch{return false}})()") == true { // an element may not be there yet
			return
		}
	}
	b.t.Fatalf("in vain: %s; notice %q", what, b.eval("document.getElementById('notice').textContent"))
}

// look sets the size of the window and the scheme of colours.
func (b *browser) look(width, height int, scheme string) {
	b.call("Emulation.setDeviceMetricsOverride", map[string]any{"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600}, nil)
	b.call("Emulation.setEmulatedMedia", map[string]any{"features": []any{map[string]any{"name": "prefers-color-scheme", "value": scheme}}}, nil)
}

// shoot writes a picture of a piece of the page.
func (b *browser) shoot(path string, y, width, height int) {
	var r struct{ Data string }
	format := strings.Replace(strings.TrimPrefix(filepath.Ext(path), "."), "jpg", "jpeg", 1)
	b.call("Page.captureScreenshot", map[string]any{"format": format, "captureBeyondViewport": true,
		"clip": map[string]any{"x": 0, "y": y, "width": width, "height": height, "scale": 1}}, &r)
	content, err := base64.StdEncoding.DecodeString(r.Data)
	if err == nil {
		err = os.WriteFile(path, content, 0o644)
	}
	if err != nil {
		b.t.Fatal(err)
	}
}

// drag moves the mouse with its button down, in parts of an element from 0 to 1.
func (b *browser) drag(selector string, places ...[2]float64) {
	box, ok := b.eval(fmt.Sprintf("(()=>{const e=document.querySelector(%q);e.scrollIntoView({block:'center',behavior:'instant'});const r=e.getBoundingClientRect();return [r.left,r.top,r.width,r.height]})()", selector)).([]any)
	if !ok {
		b.t.Fatalf("no %s", selector)
	}
	for i, p := range places {
		kind := "mouseMoved"
		if i == 0 {
			kind = "mousePressed"
		}
		b.mouse(kind, box, p)
	}
	b.mouse("mouseReleased", box, places[len(places)-1])
}

func (b *browser) mouse(kind string, box []any, p [2]float64) {
	b.call("Input.dispatchMouseEvent", map[string]any{"type": kind, "button": "left", "buttons": 1, "clickCount": 1,
		"x": box[0].(float64) + p[0]*box[2].(float64), "y": box[1].(float64) + p[1]*box[3].(float64)}, nil)
}

// complaints are what the console has of errors, and forgets them.
func (b *browser) complaints() []string {
	b.mu.Lock()
	defer b.mu.Unlock()
	all := b.errors
	b.errors = nil
	return all
}

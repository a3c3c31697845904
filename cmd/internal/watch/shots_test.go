package watch

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/targetprop/targetprop/kernels"
)

// TestShots takes pictures of the page of the runs in TARGETPROP_RUNS, for the eye.
func TestShots(t *testing.T) {
	program, folders, out := os.Getenv("TARGETPROP_CHROMIUM"), os.Getenv("TARGETPROP_RUNS"), os.Getenv("TARGETPROP_SHOTS")
	if program == "" || folders == "" || out == "" {
		t.Skip("wants TARGETPROP_CHROMIUM, TARGETPROP_RUNS and TARGETPROP_SHOTS")
	}
	s := served(t, filepath.SplitList(folders)...)
	b := startBrowser(t, program)
	for _, scheme := range []string{"light", "dark"} {
		for _, width := range []int{1280, 400} {
			b.look(width, 900, scheme)
			b.call("Page.navigate", map[string]any{"url": s.URL}, nil)
			b.until("the charts", "document.querySelectorAll('#losses svg path').length >= 1 && document.querySelectorAll('#playground canvas').length > 3")
			time.Sleep(1500 * time.Millisecond)
			b.eval("document.querySelector('.run').click()")
			time.Sleep(1500 * time.Millisecond)
			if scheme == "light" && width > 600 {
				b.shoot(filepath.Join(out, "watch.jpg"), 0, width, 1100)
			}
			name := fmt.Sprintf("%s-%d", scheme, width)
			high := int(b.eval("document.documentElement.scrollHeight").(float64))
			for piece := 0; piece*1400 < high; piece++ {
				b.shoot(filepath.Join(out, fmt.Sprintf("%s-%d.png", name, piece)), piece*1400, width, min(1400, high-piece*1400))
			}
			if wide := b.eval("document.documentElement.scrollWidth").(float64); wide > float64(width) {
				t.Errorf("%s: the page is %v wide", name, wide)
			}
		}
	}
	for _, text := range b.complaints() {
		t.Error(text)
	}
}

// served serves the page of folders for a test.
func served(t *testing.T, folders ...string) *Server {
	t.Helper()
	e, err := kernels.New()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(e.Close)
	l, err := Listen("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s := New(l, folders, e)
	ended := make(chan error, 1)
	go func() { ended <- s.Serve(t.Context()) }()
	t.Cleanup(func() {
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
	return s
}

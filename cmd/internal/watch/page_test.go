package watch

import (
	"context"
	"fmt"
	"os"
	"testing"

	"github.com/targetprop/targetprop/cmd/internal/frame"
	"github.com/targetprop/targetprop/cmd/internal/run"
	"github.com/targetprop/targetprop/cmd/internal/task"
)

// turnstile lets a training through to its next epoch when the test says so.
type turnstile struct {
	run.Nop
	next chan struct{}
}

func (w turnstile) Epoch(ctx context.Context, _ run.Epoch) error {
	select {
	case <-w.next:
	case <-ctx.Done():
	}
	return nil
}

// TestPage drives the page of a run that trains in Chromium: make test-page.
func TestPage(t *testing.T) {
	program := os.Getenv("TARGETPROP_CHROMIUM")
	if program == "" {
		t.Skip("wants a Chromium: make test-page")
	}
	const epochs = 4
	r, view := begun(t, task.Generate, epochs)
	view.Share = 1e9 // look after each epoch, however short
	w := turnstile{next: make(chan struct{})}
	r.Observe(w)
	ended := make(chan error, 1)
	go func() {
		err := r.Train(t.Context())
		if err == nil {
			err = r.Finish(t.Context())
		}
		view.End(frame.Finished, "", "")
		ended <- err
	}()
	s := served(t, string(r.Dir), string(trained(t, task.Label)))
	b := startBrowser(t, program)
	b.look(1280, 900, "light")
	b.call("Page.navigate", map[string]any{"url": s.URL}, nil)
	canvas := func(id string) string { return fmt.Sprint(b.eval("document.getElementById('" + id + "').toDataURL()")) }

	w.next <- struct{}{} // before the first epoch
	b.until("the run that trains in the first place", "document.querySelector('.run.focus .name').textContent === 'generate'")
	before := ""
	for epoch := 1; epoch <= epochs; epoch++ {
		b.until("new samples while the run trains", fmt.Sprintf("document.getElementById('epoch').textContent === 'after epoch %d'", epoch))
		b.until("the samples", "document.getElementById('samples').width > 0")
		// The epoch is told before its picture is drawn.
		b.until("other samples", fmt.Sprintf("document.getElementById('samples').toDataURL() !== %q", before))
		before = canvas("samples")
		w.next <- struct{}{}
	}
	if err := <-ended; err != nil {
		t.Fatal(err)
	}
	b.until("the end", "document.querySelector('.run.focus .state').textContent === 'finished after 4 epochs'")
	b.until("a line for each run in the charts they share", "document.querySelectorAll('#losses .chart').length === 7 && document.querySelectorAll('#losses .chart:first-child path').length === 2")
	b.until("both runs' settings", "document.querySelectorAll('#table thead th').length === 3 && document.querySelector('tr.differs')")
	b.until("what is inside", "document.querySelectorAll('#fields canvas').length === 2 && document.querySelectorAll('#states svg').length === 2 && document.querySelectorAll('#angles path').length > 2")
	b.until("the finished model", "document.getElementById('from').textContent === 'the finished model'")

	b.eval("document.getElementById('time').value = 0; document.getElementById('time').dispatchEvent(new Event('input'))")
	b.until("an earlier moment", "document.getElementById('epoch').textContent === 'after epoch 1'")
	b.until("its samples", fmt.Sprintf("document.getElementById('samples').toDataURL() !== %q", before))

	// The middle of the drawing is rubbed out, and filled in.
	yours, filled := canvas("draw"), canvas("filled")
	b.eval("document.querySelector('[data-tool=hole]').click()")
	b.drag("#draw", [2]float64{0.5, 0.3}, [2]float64{0.5, 0.5}, [2]float64{0.6, 0.7})
	b.until("twenty rounds", "document.querySelectorAll('.rounds canvas').length === 21")
	if canvas("draw") == yours || canvas("filled") == filled {
		t.Error("rubbing out changes nothing")
	}
	yours, filled = canvas("draw"), canvas("filled")
	b.eval("document.querySelector('[data-tool=pen]').click()")
	b.drag("#draw", [2]float64{0.1, 0.1}, [2]float64{0.9, 0.1}, [2]float64{0.9, 0.9})
	b.until("a drawing", fmt.Sprintf("document.getElementById('draw').toDataURL() !== %q", yours))
	b.until("what the model makes of it", fmt.Sprintf("document.getElementById('filled').toDataURL() !== %q", filled))

	for _, c := range []struct{ what, canvas, script string }{
		{"another seed", "drawn", "document.querySelector('[aria-label=\"next seed\"]').click()"},
		{"a step of the walk", "walked", "const w=document.querySelector('[aria-label=\"place on the way\"]'); w.value=23; w.dispatchEvent(new Event('input'))"},
		{"another top unit", "unit", "const u=document.querySelector('.sliders input'); u.value=u.max; u.dispatchEvent(new Event('input'))"},
	} {
		b.until(c.what, fmt.Sprintf("document.getElementById(%q).width > 0", c.canvas))
		was := canvas(c.canvas)
		b.eval("(()=>{" + c.script + "})()")
		b.until(c.what, fmt.Sprintf("document.getElementById(%q).toDataURL() !== %q", c.canvas, was))
	}

	// The model with labels answers.
	b.eval("[...document.querySelectorAll('.run')].find((r) => r.querySelector('.name').textContent === 'label').click()")
	b.until("an answer", "document.querySelectorAll('.answers div').length === 4")
	for _, scheme := range []string{"dark", "light"} {
		b.look(400, 800, scheme)
		if wide := b.eval("document.documentElement.scrollWidth"); wide != 400.0 {
			t.Errorf("on a phone the page is %v wide", wide)
		}
	}
	for _, text := range b.complaints() {
		t.Error(text)
	}
}

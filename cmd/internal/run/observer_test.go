package run

import (
	"context"
	"io"
	"path/filepath"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/targetprop/targetprop/cmd/internal/cli"
	"github.com/targetprop/targetprop/cmd/internal/data"
	"github.com/targetprop/targetprop/cmd/internal/settings"
	"github.com/targetprop/targetprop/cmd/internal/task"
	"github.com/targetprop/targetprop/cmd/internal/tiny"
)

// started begins a run on few images.
func started(t *testing.T, given settings.Given) *Run {
	t.Helper()
	engine, err := cli.NewEngine(1)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(engine.Close)
	r, err := Start(t.Context(), Options{
		Dir: Dir(filepath.Join(t.TempDir(), "run")), Task: task.Generate, Data: tiny.Data(t), Given: given,
		Every: time.Hour, Engine: engine, Download: io.Discard,
	})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// saved is how far the run has come by its checkpoint.
func saved(t *testing.T, r *Run) (epochs int, ok bool) {
	t.Helper()
	set, err := data.Load(t.Context(), io.Discard, r.Source)
	if err != nil {
		t.Fatal(err)
	}
	epochs, err = r.Dir.Position(task.Generate, r.Trainer.Settings(), set, data.Digest(set.Train), r.engine)
	return epochs, err == nil
}

// small are settings of a run that takes no time.
func small(epochs int) settings.Given {
	return settings.Given{{Name: "layers", Value: "4,3"}, {Name: "epochs", Value: strconv.Itoa(epochs)}, {Name: "batch", Value: "50"}}
}

// watcher keeps what it is told, and does what epoch says.
type watcher struct {
	starts, saved, numbers []int
	images, endings        int
	epoch                  func(e Epoch) error
}

func (w *watcher) Start(e Epoch) { w.starts = append(w.starts, e.Number) }
func (w *watcher) Images(n int)  { w.images += n }
func (w *watcher) Saved(e Epoch) { w.saved = append(w.saved, e.Number) }
func (w *watcher) Ending(string) { w.endings++ }
func (w *watcher) Epoch(_ context.Context, e Epoch) error {
	w.numbers = append(w.numbers, e.Number)
	return w.epoch(e)
}

// TestObserver: an observer hears of an epoch before the log and the checkpoint
// do, so that a process killed in between repeats the epoch.
func TestObserver(t *testing.T) {
	r := started(t, small(2))
	w := &watcher{}
	w.epoch = func(e Epoch) error {
		if before, ok := saved(t, r); !ok || before != max(0, e.Number-1) {
			t.Errorf("after epoch %d the checkpoint is that of epoch %d, %v", e.Number, before, ok)
		}
		if len(r.log.rows) != max(0, e.Number-1) {
			t.Errorf("after epoch %d the log has %d already", e.Number, len(r.log.rows))
		}
		if e.Of != 2 || e.Images != r.Images || e.Trainer != r.Trainer || len(e.Figures) != min(e.Number, 1)*4 {
			t.Errorf("epoch %+v", e)
		}
		return nil
	}
	r.Observe(w)
	left := r.Left()
	if err := r.Train(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := r.Finish(t.Context()); err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(w.starts, []int{0}) || !slices.Equal(w.numbers, []int{0, 1, 2}) || !slices.Equal(w.saved, []int{1, 2}) || w.endings != 1 {
		t.Errorf("told of %+v", w)
	}
	if w.images != left || left != 3*r.Images {
		t.Errorf("told of %d images of %d", w.images, left)
	}
}

// TestObserverError: an error of an observer ends the training, and the epoch is
// neither logged nor saved.
func TestObserverError(t *testing.T) {
	r := started(t, small(2))
	w := &watcher{epoch: func(e Epoch) error {
		if e.Number == 1 {
			return io.ErrUnexpectedEOF
		}
		return nil
	}}
	r.Observe(w)
	if err := r.Train(t.Context()); err != io.ErrUnexpectedEOF {
		t.Errorf("error %v", err)
	}
	if epoch, ok := saved(t, r); !ok || epoch != 0 || len(r.log.rows) != 0 || len(w.saved) != 0 {
		t.Errorf("saved at epoch %d, %d rows in the log", epoch, len(r.log.rows))
	}
}

// TestObserverTime: the time of an observer is not counted as training.
func TestObserverTime(t *testing.T) {
	const pause = 200 * time.Millisecond
	r := started(t, small(1))
	r.Observe(&watcher{epoch: func(Epoch) error { time.Sleep(pause); return nil }})
	r.clock.start()
	before := r.clock.elapsed()
	if err := r.reach(t.Context(), r.epoch()); err != nil {
		t.Fatal(err)
	}
	if took := r.clock.elapsed() - before; took >= pause {
		t.Errorf("%v of the observer were counted as training", took)
	}
}

// TestInterruptedAtStart: who interrupts a run while its first checkpoint is written does not
// wait for a minibatch and another checkpoint.
func TestInterruptedAtStart(t *testing.T) {
	r := started(t, small(2))
	w := &watcher{}
	r.Observe(w)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := r.Train(ctx); err != context.Canceled || w.images != 0 {
		t.Errorf("%d images were trained on; %v", w.images, err)
	}
	if epochs, ok := saved(t, r); epochs != 0 || !ok {
		t.Errorf("the checkpoint is of epoch %d, %v", epochs, ok)
	}
}

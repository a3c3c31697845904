package run

import (
	"bytes"
	"context"
	"image/png"
	"os"
	"slices"
	"testing"
	"time"

	"github.com/targetprop/targetprop/cmd/internal/frame"
	"github.com/targetprop/targetprop/cmd/internal/task"
)

// finalModel trains to the end and reads the model.
func finalModel(t *testing.T, r *Run) []byte {
	t.Helper()
	if err := r.Train(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := r.Finish(t.Context()); err != nil {
		t.Fatal(err)
	}
	content, err := os.ReadFile(r.Dir.Model())
	if err != nil {
		t.Fatal(err)
	}
	return content
}

// TestView: whoever looks changes no bit, and keeps what there is to see.
func TestView(t *testing.T) {
	want := finalModel(t, started(t, small(3)))
	r := started(t, small(3))
	v := NewView(r)
	v.Share = 1e9 // always
	r.Observe(v)
	if !bytes.Equal(finalModel(t, r), want) {
		t.Error("a look changes the model")
	}
	v.End(frame.Finished, "", "")
	if v.Err != nil {
		t.Fatal(v.Err)
	}
	for _, path := range []string{r.Dir.Samples(), r.Dir.Reconstructions(), r.Dir.Curves()} {
		content, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := png.Decode(bytes.NewReader(content)); err != nil {
			t.Errorf("%s: %v", path, err)
		}
	}
	folder := r.Dir.Frames()
	if epochs := folder.Epochs(); !slices.Equal(epochs, []int{1, 2, 3}) {
		t.Errorf("frames of the epochs %v", epochs)
	}
	now, err := folder.Now()
	if err != nil || now.State != frame.Finished || now.Epoch != 3 || now.Epochs != 3 || now.Rate <= 0 {
		t.Errorf("%+v, %v", now, err)
	}
	last, err := folder.Read(3)
	if err != nil || last.Epoch != 3 || last.Seconds <= 0 || last.Samples == nil || last.Prior == nil || len(last.Angles) != 2 || !last.Angles[0].Defined || last.States[1].Units != 3 {
		t.Errorf("%+v, %v", last, err)
	}
	first, err := folder.Read(1)
	if err != nil || bytes.Equal(first.Samples.PNG, last.Samples.PNG) {
		t.Error("the samples have not changed since the first epoch")
	}
	// What a run begun anew has not done is gone.
	if err := folder.Begin(2); err != nil {
		t.Fatal(err)
	}
	if epochs := folder.Epochs(); !slices.Equal(epochs, []int{1, 2}) {
		t.Errorf("frames of the epochs %v", epochs)
	}
}

// TestViewTakesLittle: where a look would take more than its share of the time there
// is none, but at the end.
func TestViewTakesLittle(t *testing.T) {
	r := started(t, small(4))
	r.Observe(NewView(r))
	finalModel(t, r)
	if epochs := r.Dir.Frames().Epochs(); !slices.Equal(epochs, []int{4}) {
		t.Errorf("frames of the epochs %v of some milliseconds each", epochs)
	}
	v := &View{Share: 0.01, trained: 100 * time.Second, spent: time.Second, cost: time.Millisecond, run: r}
	if v.due(Epoch{Number: 1, Of: 4}) {
		t.Error("more than a hundredth is spent, and yet a look is due")
	}
	v.trained += time.Second
	if !v.due(Epoch{Number: 1, Of: 4}) {
		t.Error("there is time for a look, and none is due")
	}
}

// TestViewFails: a folder that cannot be written ends no training.
func TestViewFails(t *testing.T) {
	r := started(t, small(1))
	if err := os.WriteFile(string(r.Dir.Frames()), nil, 0o666); err != nil {
		t.Fatal(err)
	}
	v := NewView(r)
	r.Observe(v)
	finalModel(t, r)
	if v.Err == nil {
		t.Error("nothing is said of a folder that cannot be made")
	}
}

// TestFinishEarly: a run that was asked to finish goes on later to the model of a
// run that nobody disturbed.
func TestFinishEarly(t *testing.T) {
	want := finalModel(t, started(t, small(6)))
	r := started(t, small(6))
	answered := make(chan error, 1)
	w := &watcher{epoch: func(e Epoch) error {
		if e.Number == 2 {
			go func() { answered <- r.Dir.AskToFinish(t.Context(), time.Minute) }()
			for _, err := os.Stat(r.Dir.request()); err != nil; _, err = os.Stat(r.Dir.request()) {
				time.Sleep(time.Millisecond)
			}
			r.looked = time.Time{}
		}
		return nil
	}}
	r.Observe(w)
	early := finalModel(t, r)
	if err := <-answered; err != nil || !r.Early || r.Position() != "2 epochs and 0 minibatches" || bytes.Equal(early, want) {
		t.Errorf("answer %v, finished early %v after %s", err, r.Early, r.Position())
	}
	r.Close()
	again, err := Resume(t.Context(), Options{Dir: r.Dir, Task: task.Generate, Every: time.Hour, Engine: r.engine})
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	if done, err := again.Finished(); done || err != nil {
		t.Errorf("finished early is finished: %v", err)
	}
	if !bytes.Equal(finalModel(t, again), want) {
		t.Error("after an early finish the run leads to another model")
	}
	// A model of fewer epochs is not the one of a run that is done.
	if err := os.WriteFile(r.Dir.Model(), early, 0o666); err != nil {
		t.Fatal(err)
	}
	if done, err := again.Finished(); done || err != nil {
		t.Errorf("the early model passes for the last: %v", err)
	}
}

// TestAskedTooLate: who asks a run that is at its end, and looks for requests no more, waits for
// that end and not for all of the patience.
func TestAskedTooLate(t *testing.T) {
	r := started(t, small(1))
	answered := make(chan error, 1)
	go func() { answered <- r.Dir.AskToFinish(t.Context(), time.Minute) }()
	for _, err := os.Stat(r.Dir.request()); err != nil; _, err = os.Stat(r.Dir.request()) {
		time.Sleep(time.Millisecond)
	}
	r.Close()
	select {
	case err := <-answered:
		if err != ErrIdle {
			t.Errorf("the answer is %v", err)
		}
	case <-time.After(30 * time.Second):
		t.Error("nobody trains, and the asker waits")
	}
	if _, err := os.Stat(r.Dir.request()); err == nil {
		t.Error("the request is still there")
	}
}

// interrupter ends the context when the last epoch is over, before who comes after it looks.
type interrupter struct {
	Observer
	cancel context.CancelFunc
}

func (i interrupter) Epoch(ctx context.Context, e Epoch) error {
	if e.Number == e.Of {
		i.cancel()
	}
	return i.Observer.Epoch(ctx, e)
}

// TestLastLook: an interruption after the last epoch leaves no picture unmade, which nobody would make later.
func TestLastLook(t *testing.T) {
	r := started(t, small(2))
	ctx, cancel := context.WithCancel(t.Context())
	v := NewView(r)
	v.Patience = time.Hour // also of a slow machine
	r.Observe(interrupter{v, cancel})
	_ = r.Train(ctx) // done, or interrupted
	if epochs := r.Dir.Frames().Epochs(); !slices.Contains(epochs, 2) {
		t.Errorf("frames of the epochs %v", epochs)
	}
	if _, err := os.Stat(r.Dir.Reconstructions()); err != nil {
		t.Error(err)
	}
}

// TestEndingLater: what waits for the last look does not wait for ever, and ends with the look.
func TestEndingLater(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	later, stop := endingLater(ctx, time.Millisecond)
	if err := later.Err(); err != nil {
		t.Errorf("before the interruption: %v", err)
	}
	cancel()
	<-later.Done()
	stop()
	later, stop = endingLater(t.Context(), time.Hour)
	stop()
	<-later.Done()
}

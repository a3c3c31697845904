package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"testing"
	"time"
)

// TestOutput: who writes waits for an output, but for no longer than a moment once it was interrupted, and
// not again; what then comes to life takes words again.
func TestOutput(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	reader, writer := io.Pipe()
	w := Output(ctx, writer)
	write := func(text string) chan error {
		done := make(chan error, 1)
		go func() {
			_, err := fmt.Fprint(w, text)
			done <- err
		}()
		return done
	}
	first := write("first")
	select {
	case err := <-first:
		t.Fatalf("nobody has read: %v", err)
	case <-time.After(2 * moment):
	}
	cancel()
	if err := <-first; !errors.Is(err, errTakesNothing) {
		t.Error(err)
	}
	began := time.Now()
	for range 100 {
		if err := <-write("lost"); !errors.Is(err, errTakesNothing) {
			t.Error(err)
		}
	}
	if d := time.Since(began); d > 10*moment {
		t.Errorf("100 writes took %v", d)
	}
	b := make([]byte, 100)
	if n, err := reader.Read(b); string(b[:n]) != "first" || err != nil {
		t.Errorf("%q, %v", b[:n], err)
	}
	go func() { _, _ = io.Copy(io.Discard, reader) }()
	for range 100 { // the first write comes to its end
		if <-write("last") == nil {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Error("no word is taken any more")
}

package run

import (
	"context"
	"errors"
	"testing"
)

// TestUnlessInterrupted: what takes long is waited for, but not beyond an interruption.
func TestUnlessInterrupted(t *testing.T) {
	broken := errors.New("broken")
	for want, do := range map[error]func() (int, error){nil: func() (int, error) { return 7, nil }, broken: func() (int, error) { return 0, broken }} {
		if got, err := unlessInterrupted(t.Context(), do, nil); err != want || err == nil && got != 7 {
			t.Errorf("%d, %v; want %v", got, err, want)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	end := make(chan struct{})
	defer close(end)
	begun := func() (int, error) { cancel(); <-end; return 7, nil }
	if got, err := unlessInterrupted(ctx, begun, nil); got != 0 || err != ErrAbandoned {
		t.Errorf("%d, %v; want %v", got, err, ErrAbandoned)
	}
}

package modeltest

import (
	"context"
	"errors"
	"testing"
	"time"
)

// EndsSoon fails unless f, which would go on for hours, answers soon that its context has ended.
func EndsSoon(t *testing.T, name string, f func(ctx context.Context) error) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Millisecond)
	defer cancel()
	answer := make(chan error, 1)
	go func() { answer <- f(ctx) }()
	select {
	case err := <-answer:
		if !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("%s: error %v after the context ended", name, err)
		}
	case <-time.After(20 * time.Second): // a second, on a machine that has much else to do
		t.Errorf("%s: goes on after its context has ended", name)
	}
}

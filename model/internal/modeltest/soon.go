package modeltest

import (
	"context"
	"errors"
	"sync/atomic"
	"testing"
)

// EndsSoon fails unless f, which has hours to go and asks its context all the time, ends with it.
func EndsSoon(t *testing.T, name string, f func(ctx context.Context) error) {
	t.Helper()
	if err := f(&ending{Context: t.Context()}); !errors.Is(err, context.Canceled) {
		t.Errorf("%s: error %v after the context ended", name, err)
	}
}

// ending is a context that has ended once it was asked a hundred times: more than who asks for each chunk does, and no
// clock decides.
type ending struct {
	context.Context
	asked atomic.Int32
}

// Err is nil at first.
func (c *ending) Err() error {
	if c.asked.Add(1) > 100 {
		return context.Canceled
	}
	return nil
}

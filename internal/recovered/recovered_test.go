package recovered

import (
	"errors"
	"fmt"
	"io/fs"
	"testing"

	"github.com/targetprop/targetprop/internal/caught"
)

// TestAs: a panic with an error of the type, also within another, is that error. All others stay panics.
func TestAs(t *testing.T) {
	path, mine := &fs.PathError{Op: "read", Path: "x", Err: fs.ErrClosed}, errors.New("mine")
	for want, do := range map[error]func() error{
		nil:  func() error { return nil },
		mine: func() error { return mine },
		path: func() error { panic(fmt.Errorf("on a thread: %w", path)) },
	} {
		if err := As[*fs.PathError](do); err != want {
			t.Errorf("%v, want %v", err, want)
		}
	}
	for want, with := range map[string]any{"mine": mine, "text": "text", "7": 7} {
		if reason := caught.Panic(func() { _ = As[*fs.PathError](func() error { panic(with) }) }); reason != want {
			t.Errorf("panic %q, want %q", reason, want)
		}
	}
}

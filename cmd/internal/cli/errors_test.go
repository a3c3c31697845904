package cli

import (
	"io"
	"testing"

	"github.com/spf13/cobra"

	"github.com/targetprop/targetprop/dataset"
)

// TestReadError: a set on disk that is cut short while a command reads it is a failure in one
// line, from whatever thread.
func TestReadError(t *testing.T) {
	root := &cobra.Command{Use: "program", RunE: Action(func(*cobra.Command) error {
		e, err := NewEngine(4)
		if err != nil {
			return err
		}
		defer e.Close()
		e.Each(100, func(i int) {
			if i == 7 {
				panic(&dataset.ReadError{Example: i, Err: io.ErrUnexpectedEOF})
			}
		})
		return nil
	})}
	Assemble(root)
	status, line := Run(t.Context(), root, nil, io.Discard, io.Discard)
	if want := "program: example 7 of the set on disk can not be read any more: unexpected EOF"; status != StatusFailed || line != want {
		t.Errorf("status %d, %q", status, line)
	}
}

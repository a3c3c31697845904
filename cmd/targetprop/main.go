// Command targetprop trains a deep generative model of images without
// back-propagation, draws samples from it and measures them.
//
// A command is one file: it registers a constructor (see [register]) and
// returns a cobra command whose RunE is made by [action].
package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
)

func main() {
	os.Exit(run(os.Args[1:], os.Stdout, os.Stderr))
}

// run is the whole program but for the exit.
func run(args []string, stdout, stderr io.Writer) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	// The first signal asks the command to end in good order. From then on
	// signals do what they do by default: a second one ends the process at once.
	context.AfterFunc(ctx, stop)

	out := &stickyWriter{w: stdout}
	root := newRoot(out, stderr)
	root.SetArgs(args)
	err := root.ExecuteContext(ctx)
	if err == nil && out.err != nil {
		err = failure{fmt.Errorf("standard output: %w", out.err)}
	}
	if err != nil {
		fmt.Fprintf(stderr, "targetprop: %s\n", message(err, root))
	}
	return status(err)
}

// stickyWriter remembers the first error, so that output to a full disk is not
// lost in silence and no Fprintf needs a check of its own.
type stickyWriter struct {
	w   io.Writer
	err error
}

func (s *stickyWriter) Write(b []byte) (int, error) {
	n, err := s.w.Write(b)
	if s.err == nil {
		s.err = err
	}
	return n, err
}

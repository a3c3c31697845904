package cli

import (
	"bytes"
	"context"
	"errors"
	"io"
	"sync/atomic"
	"syscall"
	"time"
)

// output is a standard output or error that keeps nobody waiting who was interrupted. A pipe that nobody
// reads and a terminal that is frozen take nothing, for as long as they like: who writes there would not
// come to save.
type output struct {
	io.Writer
	ctx  context.Context // of the command
	idle chan struct{}   // holds one while nothing goes on
	left atomic.Bool     // alone once, after the end of ctx: nobody waits again for what goes on
}

// Output has whoever writes to w wait for it, but not after the end of ctx.
func Output(ctx context.Context, w io.Writer) io.Writer {
	o := &output{Writer: w, ctx: ctx, idle: make(chan struct{}, 1)}
	o.idle <- struct{}{}
	return o
}

// moment is how long an output may take after the end of ctx: a slow terminal gets its last words.
const moment = 250 * time.Millisecond

var errTakesNothing = errors.New("takes nothing, and was left alone after the interruption")

// Write writes a copy, which may outlast the call.
func (o *output) Write(b []byte) (int, error) {
	text := bytes.Clone(b)
	var n int
	var err error
	if !o.do(func() { n, err = o.Writer.Write(text) }) {
		return 0, errTakesNothing
	}
	return n, err
}

// do has what done after whatever goes on at the output, and tells whether it was, or goes on still.
func (o *output) do(what func()) bool {
	select {
	case <-o.idle:
	default:
		if o.left.Load() || !o.await(o.idle) {
			return false
		}
	}
	done := make(chan struct{})
	go func() {
		what()
		o.idle <- struct{}{} // first: who was waiting may come again
		close(done)
	}()
	return o.await(done)
}

// await waits for c, and tells whether it came.
func (o *output) await(c <-chan struct{}) bool {
	select {
	case <-c:
		return true
	case <-o.ctx.Done():
	}
	select {
	case <-c:
		return true
	case <-time.After(moment):
		o.left.Store(true)
		return false
	}
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

// pipeWriter ends the command when nobody reads its output any more.
type pipeWriter struct {
	io.Writer
	cancel context.CancelFunc
}

func (p pipeWriter) Write(b []byte) (int, error) {
	n, err := p.Writer.Write(b)
	if errors.Is(err, syscall.EPIPE) {
		p.cancel()
	}
	return n, err
}

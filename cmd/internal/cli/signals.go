package cli

import (
	"context"
	"errors"
	"io"
	"os"
	"os/signal"
	"syscall"
)

// untilSignal is a context that ends with the first signal that asks the process to end.
// It calls answer before, unless the terminal has gone.
// What the process was told to ignore when it was started, as by nohup or by a shell that
// runs it in the background, stays ignored. stop gives the signals back.
func untilSignal(answer func()) (ctx context.Context, cancel, stop context.CancelFunc) {
	ctx, cancel = context.WithCancel(context.Background())
	asked, hung := make(chan os.Signal, 1), make(chan os.Signal, 1)
	for _, s := range []os.Signal{os.Interrupt, syscall.SIGTERM} {
		if !signal.Ignored(s) {
			signal.Notify(asked, s)
		}
	}
	// A terminal that is closed sends it twice, from the system and from the shell: the
	// second one must not cut the saving short.
	if !signal.Ignored(syscall.SIGHUP) {
		signal.Notify(hung, syscall.SIGHUP)
	}
	// A reader that has gone is an error of the write, and not the end of the process.
	broken := make(chan os.Signal, 1)
	signal.Notify(broken, syscall.SIGPIPE)
	go func() {
		defer cancel()
		// From the first signal on they do what they do by default: a second Ctrl-C ends
		// the process at once.
		defer signal.Stop(asked)
		select {
		case <-asked:
			signal.Stop(asked)
			answer()
		case <-hung:
		case <-ctx.Done():
		}
	}()
	return ctx, cancel, func() {
		cancel()
		for _, c := range []chan os.Signal{asked, hung, broken} {
			signal.Stop(c)
		}
	}
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

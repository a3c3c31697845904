package cli

import (
	"context"
	"os"
	"os/signal"
	"syscall"
	"time"
)

// onSignals has interrupted called for the first SIGINT or SIGTERM, whatever came before it, and cancel when
// the terminal has gone. The second ends the process at once.
// What the process was told to ignore when it was started, as by nohup or by a shell that
// runs it in the background, stays ignored. stop gives the signals back.
func onSignals(cancel context.CancelFunc, interrupted func()) (stop func()) {
	asked, hung := make(chan os.Signal, 1), make(chan os.Signal, 1)
	for _, s := range []os.Signal{os.Interrupt, syscall.SIGTERM} {
		if !signal.Ignored(s) {
			signal.Notify(asked, s)
		}
	}
	// A terminal that is closed sends it twice, from the system and from the shell, and SIGTERM may
	// follow: none of them must cut the saving short.
	if !signal.Ignored(syscall.SIGHUP) {
		signal.Notify(hung, syscall.SIGHUP)
	}
	// A reader that has gone is an error of the write, and not the end of the process.
	broken := make(chan os.Signal, 1)
	signal.Notify(broken, syscall.SIGPIPE)
	over := make(chan struct{})
	go func() {
		select {
		case <-hung:
			cancel()
		case <-over:
		}
	}()
	go func() {
		select {
		case <-asked:
		case <-over:
			return
		}
		interrupted()
		endOnNext(asked, over)
	}()
	return func() {
		close(over)
		for _, c := range []chan os.Signal{asked, hung, broken} {
			signal.Stop(c)
		}
	}
}

// twice is the time in which signals are one: timeout(1) sends SIGTERM to the process and to its group.
const twice = 100 * time.Millisecond

// endOnNext has the next signal that comes to asked end the process, which it does by default. To process 1, as
// of a container, the system sends none that would.
func endOnNext(asked chan os.Signal, over <-chan struct{}) {
	select {
	case <-time.After(twice):
	case <-over:
		return
	}
	if os.Getpid() != 1 {
		signal.Stop(asked)
		return
	}
	select {
	case <-asked: // within that time
	default:
	}
	select {
	case <-asked:
		os.Exit(StatusFailed)
	case <-over:
	}
}

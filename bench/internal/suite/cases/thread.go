package cases

import (
	"runtime"
	"time"

	"github.com/targetprop/targetprop/bench/peers"
)

// OnItsOwnThread moves a peer's runs to a thread of their own and lets its
// threads fall asleep after each repetition.
func OnItsOwnThread(e *Entry) {
	t, run, guess := newThread(), e.Run, e.Guess
	e.Run = func(times int) { t.do(func() { run(times) }) }
	if guess != nil {
		e.Guess = func() (d time.Duration) {
			t.do(func() { d = guess() })
			return d
		}
	}
	e.Rest = peers.Settle
	e.Close = func() { close(t) }
}

// thread runs functions on one thread of the operating system. OpenMP keeps a
// pool for each thread that calls it, and one that wandered would leave a
// spinning pool behind. Engines of this project stay off it: handing over
// between goroutines costs more on a locked thread.
type thread chan func()

func newThread() thread {
	t := make(thread)
	go func() {
		runtime.LockOSThread()
		for f := range t {
			f()
		}
	}()
	return t
}

func (t thread) do(f func()) {
	done := make(chan struct{})
	t <- func() { f(); close(done) }
	<-done
}

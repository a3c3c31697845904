package suite

import "runtime"

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

package threads

import (
	"fmt"
	"runtime/debug"
)

// Exited is what a call panics with if fn ended a worker's goroutine by
// [runtime.Goexit].
const Exited = "targetprop: runtime.Goexit on a thread that is not the caller's (t.FailNow and t.SkipNow call it)"

// failure is how fn ended other than by returning, on one thread.
type failure struct {
	how   manner
	value any    // of a worker's panic, or Exited
	stack []byte // of the worker
}

// manner is a way in which fn ended.
type manner uint8

const (
	none       manner = iota
	exited            // Goexit of a worker
	panicked          // panic of a worker
	callersOwn        // panic or Goexit of the caller's goroutine
)

// workersFailure is that of a worker which recovered the value. It is called
// while the stack still has the frames of fn.
func workersFailure(value any) failure {
	if value == nil {
		return failure{exited, Exited, debug.Stack()}
	}
	return failure{panicked, value, debug.Stack()}
}

// raise panics with the value of a worker's failure. The panic that it replaces
// is there for the runtime, which prints both if nothing recovers the second:
// the worker's stack is in the first.
func (f failure) raise() {
	if f.how == callersOwn {
		return
	}
	defer panic(f.value)
	panic(fmt.Sprintf("targetprop: the panic below began on another thread:\n%s", f.stack))
}

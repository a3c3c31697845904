// Package threads divides work among goroutines that wait for it.
//
// A [Pool] serves one call of [Pool.Split], [Pool.Each], [Pool.Relay] or
// [Pool.Pieces] at a time. A call that finds the pool busy does all of its work
// on the caller's goroutine: a call by another goroutine, or one from inside fn.
// A nil *Pool is one thread, the caller's; it allocates nothing.
//
// # Panics
//
// A panic in fn, on any thread, reaches the caller with its own value, after all
// threads have left fn. It leaves the pool working. The first panic counts; later
// ones of the same call are dropped. After it no thread begins another item of
// Each, stage of Relay or piece of Pieces. If nothing recovers it, the runtime
// prints the stack of the worker where it began above that of the caller.
//
// [runtime.Goexit] in fn on the caller's goroutine ends that goroutine, as it would
// without a pool. It leaves the pool working and counts like a panic. On a worker
// it makes the call panic with [Exited], unless a panic or Goexit of the caller or
// a panic of a worker ends the call anyway.
package threads

import (
	"sync"
	"sync/atomic"
)

// Closed is what a call on a closed pool panics with.
const Closed = "targetprop: engine is closed"

// Pool is a number of threads: the caller's and goroutines that wait for work.
// Several goroutines may use it at once.
type Pool struct {
	threads int
	state   atomic.Uint32
	wake    []chan struct{} // one for each worker
	done    sync.WaitGroup  // workers that have not done their share

	job  job           // of the call under way
	next atomic.Uint64 // item of Each
	legs legs          // of Relay and Pieces

	failing sync.Mutex // of failure
	failure failure    // of the call under way
}

// The bits of a pool's state.
const (
	busy   = 1 << iota // a call has the threads
	closed             // no call may begin
)

// New returns a pool of so many threads, the caller's included: nil for one or
// fewer. Its workers are threads-1 goroutines. They hold the pool until Close, so
// the garbage collector never finds a pool that is not closed.
func New(threads int) *Pool {
	if threads <= 1 {
		return nil
	}
	p := &Pool{threads: threads, wake: make([]chan struct{}, threads-1)}
	p.legs.init(threads)
	for i := range p.wake {
		p.wake[i] = make(chan struct{}, 1)
		go p.serve(i + 1)
	}
	return p
}

// Threads is the number of threads, the caller's included.
func (p *Pool) Threads() int {
	if p == nil {
		return 1
	}
	return p.threads
}

// Close ends the workers. It may be called at any time, by any goroutine, inside
// fn too, and more than once. It does not wait. Calls under way end as if it had
// not been called; one that begins later panics with [Closed], also inside fn of
// one under way. Close of a nil pool does nothing.
func (p *Pool) Close() {
	if p != nil && p.state.Or(closed) == 0 {
		p.dismiss()
	}
}

// begin makes the pool busy with the call. It is false if the caller has to do
// all of the work.
func (p *Pool) begin() bool {
	if p == nil {
		return false
	}
	if p.state.Load() == 0 && p.state.CompareAndSwap(0, busy) {
		return true
	}
	if p.state.Load()&closed != 0 {
		panic(Closed)
	}
	return false
}

// end makes the pool free. If Close was called meanwhile, the workers end now.
func (p *Pool) end() {
	if !p.state.CompareAndSwap(busy, 0) {
		p.dismiss()
	}
}

// dismiss ends the workers. It is called once, when no call can wake them.
func (p *Pool) dismiss() {
	for _, c := range p.wake {
		close(c)
	}
}

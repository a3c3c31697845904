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

// job is what the threads do in one call.
type job struct {
	share func(p *Pool, thread int) // what one of them does
	n     int

	part   func(lo, hi int)                // of Split
	item   func(i int)                     // of Each
	stage  func(worker, stage, lo, hi int) // of Relay
	piece  func(lo, hi, end int)           // of Pieces
	stages int
	size   int // of a piece
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

// CheckOpen panics with [Closed] if the pool is closed: for a caller that writes something before
// it knows whether it needs the threads.
func (p *Pool) CheckOpen() {
	if p != nil && p.state.Load()&closed != 0 {
		panic(Closed)
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
	p.CheckOpen()
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

// serve is a worker: it does its share of each job until the pool is closed.
func (p *Pool) serve(thread int) {
	ended := false
	defer func() {
		if !ended {
			p.replace(thread, recover())
		}
	}()
	for range p.wake[thread-1] {
		p.job.share(p, thread)
		p.done.Done()
	}
	ended = true
}

// replace starts another worker in the place of one whose goroutine ends, by a
// panic with the value or, if that is nil, by Goexit.
func (p *Pool) replace(thread int, value any) {
	p.fail(workersFailure(value))
	go p.serve(thread)
	p.done.Done()
}

// fail notes a failure and stops the other threads. The first one stays, but
// Goexit of a worker gives way to all others.
func (p *Pool) fail(f failure) {
	p.failing.Lock()
	if p.failure.how <= exited {
		p.failure = f
	}
	p.failing.Unlock()
	p.next.Store(uint64(p.job.n))
	p.legs.stop()
}

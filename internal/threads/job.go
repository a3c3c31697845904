package threads

import "math/bits"

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

// run has all threads do the job, waits for them and makes the pool free. The
// pool must be busy with the call.
func (p *Pool) run(j job) {
	p.job = j
	p.done.Add(len(p.wake))
	for _, c := range p.wake {
		c <- struct{}{}
	}
	returned := false
	defer func() { p.finish(returned) }()
	j.share(p, 0)
	returned = true
}

// finish waits for the workers, makes the pool free and passes a worker's
// failure on. It is deferred, so a panic or Goexit of the caller's goroutine goes
// on after it.
func (p *Pool) finish(returned bool) {
	if !returned {
		p.fail(failure{how: callersOwn})
	}
	p.done.Wait()
	p.job = job{}
	if p.failure.how == none {
		p.end()
		return
	}
	f := p.failure
	p.failure = failure{}
	p.legs.reset()
	p.end()
	f.raise()
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

// first is the first number of a thread's range. It is n*thread/threads, without
// overflow.
func (p *Pool) first(thread int) int {
	hi, lo := bits.Mul64(uint64(p.job.n), uint64(thread))
	quotient, _ := bits.Div64(hi, lo, uint64(p.threads))
	return int(quotient)
}

// own is a thread's range. It may be empty.
func (p *Pool) own(thread int) (lo, hi int) { return p.first(thread), p.first(thread + 1) }

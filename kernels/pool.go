package kernels

import (
	"sync"
	"sync/atomic"
)

// pool is a set of goroutines that wait for work. One job is under way at a time; a
// caller that finds the pool busy (another goroutine's call, or a call from inside a
// job) does all of its work itself.
type pool struct {
	threads int
	wake    []chan struct{} // one for each worker, the caller excluded
	busy    sync.Mutex
	done    sync.WaitGroup
	once    sync.Once

	// The job, written by the caller before it wakes the workers.
	n    int
	part func(lo, hi int)
	item func(i int)
	next atomic.Int64
	legs relay
}

func newPool(threads int) *pool {
	p := &pool{threads: threads, wake: make([]chan struct{}, threads-1)}
	p.legs.offered = make([]leg, 0, threads)
	p.legs.change.L = &p.legs.mutex
	for i := range p.wake {
		p.wake[i] = make(chan struct{}, 1)
		go func() {
			for range p.wake[i] {
				p.work(i + 1)
				p.done.Done()
			}
		}()
	}
	return p
}

func (p *pool) close() {
	p.once.Do(func() {
		for _, c := range p.wake {
			close(c)
		}
	})
}

func (p *pool) split(n int, fn func(lo, hi int)) {
	if n < 1 {
		return
	}
	if !p.busy.TryLock() {
		fn(0, n)
		return
	}
	p.n, p.part = n, fn
	p.run()
	p.part = nil
	p.busy.Unlock()
}

func (p *pool) each(n int, fn func(i int)) {
	if !p.busy.TryLock() {
		for i := range n {
			fn(i)
		}
		return
	}
	p.n, p.item = n, fn
	p.next.Store(0)
	p.run()
	p.item = nil
	p.busy.Unlock()
}

// run has all threads do the work and waits for them.
func (p *pool) run() {
	p.done.Add(len(p.wake))
	for _, c := range p.wake {
		c <- struct{}{}
	}
	p.work(0)
	p.done.Wait()
}

// work is one thread's share.
func (p *pool) work(thread int) {
	if p.legs.runStage != nil || p.legs.runPiece != nil {
		p.legs.work(thread, p.threads)
		return
	}
	if p.item != nil {
		for {
			i := int(p.next.Add(1)) - 1
			if i >= p.n {
				return
			}
			p.item(i)
		}
	}
	if lo, hi := p.n*thread/p.threads, p.n*(thread+1)/p.threads; lo < hi {
		p.part(lo, hi)
	}
}

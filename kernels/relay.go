package kernels

import (
	"runtime"
	"sync"
	"sync/atomic"
)

// Relay calls fn for each of stages 0..stages-1 on ranges lo..hi-1 that cover 0..n-1, such
// that every number goes through the stages in order, each a call of its own. Threads
// share the numbers out; one that has no more takes half of another's between two stages
// of that one's. So all are busy until few are left though one's core is slower, or has
// other work. worker, below [Engine.Threads], is a number that no other call of this Relay
// under way has. fn must not panic.
//
// It is for chains of products on the rows of a minibatch, of which a thread wants many
// at a time. Where pieces are independent and small, [Engine.Each] is simpler.
func (e *Engine) Relay(n, stages int, fn func(worker, stage, lo, hi int)) {
	if n < 1 {
		return
	}
	if e.pool == nil {
		alone(n, stages, fn)
		return
	}
	e.pool.relay(n, stages, fn)
	runtime.KeepAlive(e)
}

// alone is a Relay on the caller's goroutine.
func alone(n, stages int, fn func(worker, stage, lo, hi int)) {
	for stage := range stages {
		fn(0, stage, 0, n)
	}
}

// pieces calls fn(lo, hi, end) for ranges that cover 0..n-1, of the given size at most.
// Threads share the numbers out and go through theirs in order, to end for now; one that
// has no more takes half of another's. The engine must have threads. With one piece for
// each thread there is nothing to hand over, and nobody waits for it; alone, the caller
// does all at once.
func (e *Engine) pieces(n, size int, fn func(lo, hi, end int)) {
	if n <= size*e.Threads() {
		e.Split(n, func(lo, hi int) { fn(lo, hi, hi) })
		return
	}
	e.pool.pieces(n, size, fn)
	runtime.KeepAlive(e)
}

// leastHandedOver is the fewest rows that are handed over between stages. With fewer, a
// tile takes as long to load the weights as to multiply by them.
const leastHandedOver = 8

// leg is what one thread has to do, if others do not help.
type leg struct {
	stage  int // that comes next
	lo, hi int
}

// relay is the state of a Relay, or of pieces.
type relay struct {
	n        int
	stages   int
	runStage func(worker, stage, lo, hi int)
	size     int // of a piece, if not stages are run but
	runPiece func(lo, hi, end int)

	idle    atomic.Int32 // threads that wait for a leg
	mutex   sync.Mutex   // of what follows
	change  sync.Cond
	offered []leg
	open    int // legs that are not done
}

func (p *pool) relay(n, stages int, fn func(worker, stage, lo, hi int)) {
	if !p.busy.TryLock() {
		alone(n, stages, fn)
		return
	}
	p.legs.n, p.legs.stages, p.legs.runStage = n, stages, fn
	p.runLegs()
}

func (p *pool) pieces(n, size int, fn func(lo, hi, end int)) {
	if !p.busy.TryLock() {
		fn(0, n, n)
		return
	}
	p.legs.n, p.legs.size, p.legs.runPiece = n, size, fn
	p.runLegs()
}

// runLegs has all threads do the work and unlocks the pool.
func (p *pool) runLegs() {
	p.legs.open = p.threads
	p.run()
	p.legs.runStage, p.legs.runPiece = nil, nil
	p.busy.Unlock()
}

// work is one thread's part.
func (r *relay) work(thread, threads int) {
	l := leg{0, r.n * thread / threads, r.n * (thread + 1) / threads}
	for more := true; more; l, more = r.take() {
		if r.runPiece != nil {
			r.goThrough(&l)
			continue
		}
		for ; l.stage < r.stages && l.lo < l.hi; l.stage++ {
			r.offer(&l, leastHandedOver)
			r.runStage(thread, l.stage, l.lo, l.hi)
		}
	}
}

// goThrough does a leg in pieces of about the same size.
func (r *relay) goThrough(l *leg) {
	for l.lo < l.hi {
		r.offer(l, (r.size+1)/2)
		hi := l.lo + evenly(l.hi-l.lo, r.size)
		r.runPiece(l.lo, hi, l.hi)
		l.lo = hi
	}
}

// offer hands half of the leg, if that is at least so much, to a thread that waits,
// unless others have already.
func (r *relay) offer(l *leg, least int) {
	if r.idle.Load() == 0 || l.hi-l.lo < 2*least {
		return
	}
	r.mutex.Lock()
	if len(r.offered) < int(r.idle.Load()) {
		half := l.lo + (l.hi-l.lo+1)/2
		r.offered = append(r.offered, leg{l.stage, half, l.hi})
		r.open++
		l.hi = half
		r.change.Signal()
	}
	r.mutex.Unlock()
}

// take ends a leg and waits for another. There is none when all have ended.
func (r *relay) take() (leg, bool) {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	r.open--
	if r.open == 0 {
		r.change.Broadcast()
	}
	r.idle.Add(1)
	for len(r.offered) == 0 && r.open > 0 {
		r.change.Wait()
	}
	r.idle.Add(-1)
	if len(r.offered) == 0 {
		return leg{}, false
	}
	last := len(r.offered) - 1
	l := r.offered[last]
	r.offered = r.offered[:last]
	return l, true
}

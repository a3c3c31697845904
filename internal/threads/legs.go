package threads

import (
	"math"
	"sync"
	"sync/atomic"
)

// leg is what one thread of Relay or Pieces has to do if others do not help.
type leg struct {
	stage  int // that comes next, in Relay
	lo, hi int
}

// legs are those that threads hand over to each other.
type legs struct {
	idle    atomic.Int32 // threads that wait for a leg; below 0 when the call has failed
	mutex   sync.Mutex   // of what follows
	change  sync.Cond    // of what take waits for
	offered []leg
	open    int // legs that are not done
}

func (r *legs) init(threads int) {
	r.offered = make([]leg, 0, threads)
	r.change.L = &r.mutex
}

// offer hands half of the leg, if that is at least so much, to a thread that
// waits, unless others have already. It is false if the call has failed.
func (r *legs) offer(l *leg, least int) bool {
	idle := r.idle.Load()
	if idle > 0 && l.hi-l.lo >= 2*least {
		r.handOver(l)
	}
	return idle >= 0
}

// handOver hands half of the leg to a thread that waits, unless others have
// already.
func (r *legs) handOver(l *leg) {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	if len(r.offered) >= int(r.idle.Load()) {
		return
	}
	half := l.lo + (l.hi-l.lo+1)/2
	r.offered = append(r.offered, leg{l.stage, half, l.hi})
	r.open++
	l.hi = half
	r.change.Signal()
}

// take ends a leg and waits for another. There is none when all have ended or
// the call has failed.
func (r *legs) take() (leg, bool) {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	r.open--
	if r.open == 0 {
		r.change.Broadcast()
	}
	r.idle.Add(1)
	for len(r.offered) == 0 && r.open > 0 && r.idle.Load() >= 0 {
		r.change.Wait()
	}
	if r.idle.Add(-1) < 0 || len(r.offered) == 0 {
		return leg{}, false
	}
	last := len(r.offered) - 1
	l := r.offered[last]
	r.offered = r.offered[:last]
	return l, true
}

// stop wakes the threads that wait, and has all of them end. Each of them changes
// idle by 1, so it stays below 0.
func (r *legs) stop() {
	r.mutex.Lock()
	r.idle.Store(math.MinInt32 / 2)
	r.change.Broadcast()
	r.mutex.Unlock()
}

// reset forgets a call that has failed.
func (r *legs) reset() {
	r.idle.Store(0)
	r.offered = r.offered[:0]
}

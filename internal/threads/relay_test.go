package threads

import (
	"fmt"
	"runtime"
	"sync"
	"testing"
)

// journey notes who took each row through each stage.
type journey struct {
	mutex   sync.Mutex
	t       *testing.T
	stages  []int // that a row has behind it
	workers [][]int
	busy    map[int]bool
}

func newJourney(t *testing.T, n int) *journey {
	return &journey{t: t, stages: make([]int, n), workers: make([][]int, n), busy: map[int]bool{}}
}

func (j *journey) begin(worker, stage, lo, hi int) {
	j.mutex.Lock()
	defer j.mutex.Unlock()
	if lo >= hi {
		j.t.Errorf("stage %d of rows %d to %d", stage, lo, hi)
	}
	if j.busy[worker] {
		j.t.Errorf("worker %d takes part twice", worker)
	}
	j.busy[worker] = true
	for i := lo; i < hi; i++ {
		if j.stages[i] != stage {
			j.t.Errorf("row %d: stage %d after %d stages", i, stage, j.stages[i])
		}
		j.stages[i]++
		j.workers[i] = append(j.workers[i], worker)
	}
}

func (j *journey) end(worker int) {
	j.mutex.Lock()
	j.busy[worker] = false
	j.mutex.Unlock()
}

func (j *journey) check(stages int) {
	j.t.Helper()
	for i, n := range j.stages {
		if n != stages {
			j.t.Errorf("row %d went through %d of %d stages", i, n, stages)
		}
	}
}

func TestRelay(t *testing.T) {
	for _, threads := range poolsOf {
		p := newPool(t, threads)
		for _, n := range []int{-1, 0, 1, 5, 16, 33, 100} {
			for _, stages := range []int{0, 1, 2, 9} {
				t.Run(fmt.Sprintf("%d threads, %d rows, %d stages", threads, n, stages), func(t *testing.T) {
					j := newJourney(t, max(n, 0))
					p.Relay(n, stages, func(worker, stage, lo, hi int) {
						j.begin(worker, stage, lo, hi)
						runtime.Gosched()
						j.end(worker)
					})
					j.check(stages)
				})
			}
		}
	}
}

// slowThread makes the thread that begins with row 0 wait after each of its calls until the
// other is idle, and that one begin only when the slow one has.
type slowThread struct {
	legs  *legs
	once  sync.Once
	began chan struct{}
}

func newSlowThread(p *Pool) *slowThread {
	return &slowThread{legs: &p.legs, began: make(chan struct{})}
}

func (s *slowThread) call(slow bool) {
	if !slow {
		<-s.began
		return
	}
	s.once.Do(func() { close(s.began) })
	for !s.otherWaits() {
		runtime.Gosched()
	}
}

// otherWaits tells whether a thread waits, and is not about to have something.
func (s *slowThread) otherWaits() bool {
	s.legs.mutex.Lock()
	defer s.legs.mutex.Unlock()
	return s.legs.idle.Load() > 0 && len(s.legs.offered) == 0
}

// TestRelayHandsOver: the other thread goes on with half of the rows that the slow one has
// left, as long as they are many, from the stage on to which they had come.
func TestRelayHandsOver(t *testing.T) {
	const n, stages = 80, 4
	p := newPool(t, 2)
	j, s := newJourney(t, n), newSlowThread(p)
	p.Relay(n, stages, func(worker, stage, lo, hi int) {
		j.begin(worker, stage, lo, hi)
		s.call(lo == 0)
		j.end(worker)
	})
	j.check(stages)
	slow := j.workers[0][0]
	for i, workers := range j.workers {
		own := 0 // stages with the slow thread
		switch {
		case i < 10:
			own = stages
		case i < 20:
			own = 2
		case i < 40:
			own = 1
		}
		for stage, worker := range workers {
			if (worker == slow) != (stage < own) {
				t.Errorf("row %d: worker %d in stage %d", i, worker, stage)
			}
		}
	}
}

// TestRelayInside has a Relay call another, which finds no thread free.
func TestRelayInside(t *testing.T) {
	p := newPool(t, 2)
	outer := newJourney(t, 40)
	p.Relay(40, 2, func(worker, stage, lo, hi int) {
		outer.begin(worker, stage, lo, hi)
		inner := newJourney(t, 20)
		p.Relay(20, 3, func(worker, stage, lo, hi int) {
			inner.begin(worker, stage, lo, hi)
			inner.end(worker)
		})
		inner.check(3)
		outer.end(worker)
	})
	outer.check(2)
}

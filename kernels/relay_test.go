package kernels

import (
	"fmt"
	"maps"
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
	for _, threads := range []int{1, 2, 3, 7} {
		e := newEngine(t, WithThreads(threads))
		for _, n := range []int{0, 1, 5, 16, 33, 100} {
			for _, stages := range []int{0, 1, 2, 9} {
				t.Run(fmt.Sprintf("%d threads, %d rows, %d stages", threads, n, stages), func(t *testing.T) {
					j := newJourney(t, n)
					e.Relay(n, stages, func(worker, stage, lo, hi int) {
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
	legs  *relay
	once  sync.Once
	began chan struct{}
}

func newSlowThread(e *Engine) *slowThread {
	return &slowThread{legs: &e.pool.legs, began: make(chan struct{})}
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
	e := newEngine(t, WithThreads(2))
	j, s := newJourney(t, n), newSlowThread(e)
	e.Relay(n, stages, func(worker, stage, lo, hi int) {
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

// TestPieces checks that pieces cover what they divide.
func TestPieces(t *testing.T) {
	for _, n := range []int{0, 1, 7, 20, 21, 33, 80, 101} {
		const size = 10
		e := newEngine(t, WithThreads(2))
		var mutex sync.Mutex
		times := make([]int, n)
		e.pieces(n, size, func(lo, hi, end int) {
			mutex.Lock()
			defer mutex.Unlock()
			if hi > end || hi <= lo || hi-lo > size {
				t.Errorf("piece %d..%d of what ends at %d", lo, hi, end)
			}
			for i := lo; i < hi; i++ {
				times[i]++
			}
		})
		for i, k := range times {
			if k != 1 {
				t.Errorf("of %d rows, number %d was done %d times", n, i, k)
			}
		}
	}
}

// TestPiecesHandOver: the slow thread has 40 rows and loses half of the 30 that follow its
// first piece; then too few are left to be divided.
func TestPiecesHandOver(t *testing.T) {
	e := newEngine(t, WithThreads(2))
	s := newSlowThread(e)
	var mutex sync.Mutex
	ends := map[int]int{} // of the legs, by where pieces begin
	e.pieces(80, 10, func(lo, hi, end int) {
		mutex.Lock()
		ends[lo] = end
		mutex.Unlock()
		s.call(lo < 25)
	})
	want := map[int]int{0: 40, 10: 25, 18: 25, 25: 40, 33: 40, 40: 80, 50: 80, 60: 80, 70: 80}
	if !maps.Equal(ends, want) {
		t.Errorf("pieces of legs that end at %v, want %v", ends, want)
	}
}

// TestRelayInside has a Relay call another, which finds no thread free.
func TestRelayInside(t *testing.T) {
	e := newEngine(t, WithThreads(2))
	outer := newJourney(t, 40)
	e.Relay(40, 2, func(worker, stage, lo, hi int) {
		outer.begin(worker, stage, lo, hi)
		inner := newJourney(t, 20)
		e.Relay(20, 3, func(worker, stage, lo, hi int) {
			inner.begin(worker, stage, lo, hi)
			inner.end(worker)
		})
		inner.check(3)
		outer.end(worker)
	})
	outer.check(2)
}

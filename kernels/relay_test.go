package kernels

import (
	"fmt"
	"runtime"
	"slices"
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

// TestRelayHandsOver has the thread that starts with row 0 wait in each stage until the
// other is idle, which then goes on with half of the rows that are left, as long as they
// are many.
func TestRelayHandsOver(t *testing.T) {
	const n, stages = 80, 4
	e := newEngine(t, WithThreads(2))
	j := newJourney(t, n)
	e.Relay(n, stages, func(worker, stage, lo, hi int) {
		j.begin(worker, stage, lo, hi)
		for lo == 0 && !waits(&e.pool.legs) {
			runtime.Gosched()
		}
		j.end(worker)
	})
	j.check(stages)
	slow := j.workers[0][0]
	for i, workers := range j.workers {
		alone := 0 // stages with the slow thread
		switch {
		case i < 10:
			alone = stages
		case i < 20:
			alone = 2
		case i < 40:
			alone = 1
		}
		for stage, worker := range workers {
			if (worker == slow) != (stage < alone) {
				t.Errorf("row %d: worker %d in stage %d", i, worker, stage)
			}
		}
	}
}

// waits tells whether a thread waits, and none is about to have something.
func waits(r *relay) bool {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	return r.idle.Load() > 0 && len(r.offered) == 0
}

// TestPieces has the thread that starts with row 0 wait in each piece until the other is
// idle, and so lose half of what it has left.
func TestPieces(t *testing.T) {
	const size = 10
	for n, want := range map[int][]int{0: nil, 7: {0}, 20: {0}, 80: {0, 10, 20}} {
		e := newEngine(t, WithThreads(2))
		var mutex sync.Mutex
		times := make([]int, n)
		var slow []int // where its pieces begin
		mine := 0      // the end of its leg
		e.pieces(n, size, func(lo, hi, end int) {
			mutex.Lock()
			if hi > end || hi <= lo || hi-lo > size {
				t.Errorf("piece %d..%d of what ends at %d", lo, hi, end)
			}
			for i := lo; i < hi; i++ {
				times[i]++
			}
			follows := lo == 0 || lo == mine && lo < n/2 // which the other begins with
			if follows {
				slow, mine = append(slow, lo), hi
			}
			mutex.Unlock()
			for follows && !waits(&e.pool.legs) {
				runtime.Gosched()
			}
		})
		for i, k := range times {
			if k != 1 {
				t.Errorf("of %d rows, number %d was done %d times", n, i, k)
			}
		}
		if !slices.Equal(slow, want) {
			t.Errorf("of %d rows the slow thread did the pieces from %v on, want %v", n, slow, want)
		}
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

package threads

import (
	"math"
	"sync"
	"testing"
)

func TestSplit(t *testing.T) {
	for _, threads := range poolsOf {
		p := newPool(t, threads)
		for _, n := range []int{-1, 0, 1, 2, 6, 7, 8, 100} {
			c := make(coverage, max(n, 0))
			var mutex sync.Mutex
			calls := 0
			p.Split(n, func(lo, hi int) {
				c.add(lo, hi)
				mutex.Lock()
				defer mutex.Unlock()
				calls++
				if size := hi - lo; size < max(1, n/threads) || size > n/threads+1 {
					t.Errorf("%d threads: range %d..%d of %d", threads, lo, hi, n)
				}
			})
			c.check(t, 1, "%d threads, Split of %d", threads, n)
			if want := min(threads, max(n, 0)); calls != want {
				t.Errorf("%d threads: %d ranges of %d, want %d", threads, calls, n, want)
			}
		}
	}
}

// TestSplitHuge: n times the number of a thread does not overflow.
func TestSplitHuge(t *testing.T) {
	for _, threads := range poolsOf {
		p := newPool(t, threads)
		var mutex sync.Mutex
		ends := map[int]int{}
		p.Split(math.MaxInt, func(lo, hi int) {
			mutex.Lock()
			defer mutex.Unlock()
			ends[lo] = hi
		})
		at := 0
		for range threads {
			if ends[at] <= at {
				t.Fatalf("%d threads: ranges %v", threads, ends)
			}
			at = ends[at]
		}
		if at != math.MaxInt {
			t.Errorf("%d threads: ranges %v", threads, ends)
		}
	}
}

// Package trial finds the fastest of several ways to do the same thing.
package trial

import "time"

const (
	giveUp   = 3 // times the fastest
	turns    = 15
	turnTime = 100 * time.Microsecond // at least, to see past the clock's grain
	enough   = 300 * time.Millisecond // no new turn after this
)

// Fastest returns which of n candidates run is fastest with. After a run each to warm up,
// the candidates take turns and are judged by their fastest one. Those far behind after
// the first turn are given up.
func Fastest(n int, run func(i int)) int {
	times := make([]time.Duration, n)
	start := time.Now()
	for i := range n {
		run(i)
		times[i] = perRun(i, run)
	}
	limit := giveUp * times[least(times)]
	for turn := 1; turn < turns && time.Since(start) < enough; turn++ {
		for i := range n {
			if times[i] <= limit {
				times[i] = min(times[i], perRun(i, run))
			}
		}
	}
	return least(times)
}

// perRun returns the mean time of as many runs as fill a turn.
func perRun(i int, run func(i int)) time.Duration {
	start := time.Now()
	for runs := time.Duration(1); ; runs++ {
		run(i)
		if d := time.Since(start); d >= turnTime {
			return d / runs
		}
	}
}

func least(times []time.Duration) int {
	best := 0
	for i, d := range times {
		if d < times[best] {
			best = i
		}
	}
	return best
}

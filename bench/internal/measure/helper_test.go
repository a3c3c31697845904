package measure

import "time"

// world is a fake machine: calls take the time they are told to and are logged.
type world struct {
	now time.Duration
	log []string
}

func (w *world) clock() time.Duration { return w.now }

// candidate takes cost for its n-th repetition's calls.
func (w *world) candidate(name string, cost func(n int) time.Duration) Candidate {
	n := 0
	return Candidate{Run: func(times int) {
		w.now += cost(n) * time.Duration(times)
		n++
		w.log = append(w.log, name)
	}}
}

func always(t time.Duration) func(int) time.Duration { return func(int) time.Duration { return t } }

func (w *world) options(rounds int) Options {
	return Options{Clock: w.clock, Rounds: rounds, Repetition: 20 * time.Millisecond, TooSlow: 2 * time.Second}
}

package measure

import (
	"testing"
	"time"
)

// TestBeforeIsNotTimed: it precedes each call, and takes none of a turn's time.
func TestBeforeIsNotTimed(t *testing.T) {
	var w world
	c := w.candidate("a", always(time.Millisecond))
	before := 0
	c.Before = func() {
		before++
		w.now += 3 * time.Millisecond
	}
	calls := 0
	run := c.Run
	c.Run = func(times int) {
		calls += times
		run(times)
	}
	s := Interleave([]Candidate{c}, w.options(3))
	for _, sample := range s[0].Samples {
		if sample.Calls != 20 || sample.Time != 20*time.Millisecond {
			t.Errorf("%+v, want 20 calls of 1 ms", sample)
		}
	}
	if warm := 3; calls-warm != before { // the call that warms up a turn needs none
		t.Errorf("%d calls but to warm up, %d preparations", calls-warm, before)
	}
}

func TestRestIsNotTimed(t *testing.T) {
	var w world
	c := w.candidate("a", always(20*time.Millisecond))
	rests := 0
	c.Rest = func() { rests++; w.now += time.Second }
	s := Interleave([]Candidate{c}, w.options(3))
	if rests < 3 {
		t.Errorf("%d rests", rests)
	}
	for _, sample := range s[0].Samples {
		if sample.Time != 20*time.Millisecond {
			t.Errorf("a repetition took %v", sample.Time)
		}
	}
}

// TestTimed: what the candidate says counts, and not the clock.
func TestTimed(t *testing.T) {
	var w world
	c := w.candidate("a", always(5*time.Millisecond))
	c.Timed = func(times int) time.Duration {
		c.Run(times)
		return time.Duration(times) * time.Millisecond
	}
	s := Interleave([]Candidate{c}, w.options(3))
	for _, sample := range s[0].Samples {
		if sample.Calls != 20 || sample.Time != 20*time.Millisecond {
			t.Errorf("%+v, want 20 calls of 1 ms", sample)
		}
	}
}

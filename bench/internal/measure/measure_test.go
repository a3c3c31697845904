package measure

import (
	"math"
	"slices"
	"strings"
	"testing"
	"time"
)

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

func TestCallsFillARepetition(t *testing.T) {
	for cost, want := range map[time.Duration]int{
		time.Nanosecond:       20e6,
		3 * time.Microsecond:  6666,
		7 * time.Millisecond:  2,
		19 * time.Millisecond: 1,
		time.Second:           1,
	} {
		var w world
		s := Interleave([]Candidate{w.candidate("a", always(cost))}, w.options(3))
		for _, sample := range s[0].Samples {
			if sample.Calls != want || sample.Time != cost*time.Duration(want) {
				t.Errorf("%v a call: %d calls in %v, want %d", cost, sample.Calls, sample.Time, want)
			}
		}
	}
}

// TestFirstCallMayPrepare: a slow first call does not mislead.
func TestFirstCallMayPrepare(t *testing.T) {
	var w world
	s := Interleave([]Candidate{w.candidate("a", func(n int) time.Duration {
		if n == 0 {
			return 3 * time.Second
		}
		return time.Millisecond
	})}, w.options(3))
	if len(s[0].Samples) != 3 || s[0].Samples[0].Calls != 20 {
		t.Errorf("%+v, want 3 samples of 20 calls", s[0])
	}
}

func TestRoundsAreInterleaved(t *testing.T) {
	var w world
	names := []string{"a", "b", "c"}
	var candidates []Candidate
	for _, name := range names {
		candidates = append(candidates, w.candidate(name, always(20*time.Millisecond)))
	}
	o := w.options(4)
	var rounds []int
	o.Progress = func(round int) {
		if round == 0 {
			w.log = nil // of the calibration
		}
		rounds = append(rounds, round)
	}
	series := Interleave(candidates, o)
	// Each turn is a call to warm up and one that is timed.
	if got, want := strings.Join(w.log, ""), "aabbcc"+"bbccaa"+"ccaabb"+"aabbcc"; got != want {
		t.Errorf("order %s, want %s", got, want)
	}
	if !slices.Equal(rounds, []int{0, 1, 2, 3}) {
		t.Errorf("progress %v", rounds)
	}
	for i, s := range series {
		for round, sample := range s.Samples {
			if sample.Round != round {
				t.Errorf("%s: sample %d is of round %d", names[i], round, sample.Round)
			}
		}
	}
}

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

// TestTurnsAreWarm: the first call of a turn, which finds its operands pushed
// out of the cache by the others, is not timed.
func TestTurnsAreWarm(t *testing.T) {
	var w world
	last := ""
	cold := func(name string) Candidate {
		return Candidate{Run: func(times int) {
			if last != name {
				w.now += 5 * time.Millisecond
			}
			last = name
			w.now += time.Duration(times) * time.Millisecond
		}}
	}
	for i, s := range Interleave([]Candidate{cold("a"), cold("b")}, w.options(3)) {
		for _, sample := range s.Samples {
			if sample.Calls != 20 || sample.Time != 20*time.Millisecond {
				t.Errorf("candidate %d: %+v, want 20 calls of 1 ms", i, sample)
			}
		}
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

// TestSlowCandidatesTakeFewerTurns, and all the same ones.
func TestSlowCandidatesTakeFewerTurns(t *testing.T) {
	var w world
	s := Interleave([]Candidate{
		w.candidate("fast", always(time.Millisecond)),
		w.candidate("slow", always(300*time.Millisecond)),
		w.candidate("slower", always(1900*time.Millisecond)),
	}, w.options(15))
	if len(s[0].Samples) != 15 {
		t.Errorf("fast: %d turns, want 15", len(s[0].Samples))
	}
	for _, slow := range s[1:] {
		var rounds []int
		for _, sample := range slow.Samples {
			rounds = append(rounds, sample.Round)
		}
		if !slices.Equal(rounds, []int{0, 3, 6, 9, 12}) {
			t.Errorf("slow: rounds %v", rounds)
		}
	}
}

func TestTooSlowIsSkipped(t *testing.T) {
	for _, test := range []struct {
		name  string
		cost  time.Duration
		guess time.Duration
		runs  int
		want  string
	}{
		{"slow", 5 * time.Second, 0, 2, "skipped: a call takes 5s"},
		{"hopeless", 123456 * time.Millisecond, 0, 1, "skipped: a call takes 2m0s"},
		{"guessed", 17 * time.Second, 17 * time.Second, 0, "skipped: a call would take about 17s"},
	} {
		var w world
		c := w.candidate("a", always(test.cost))
		if test.guess > 0 {
			c.Guess = func() time.Duration { return test.guess }
		}
		s := Interleave([]Candidate{c}, w.options(3))
		if s[0].Skipped != test.want || len(s[0].Samples) != 0 || len(w.log) != test.runs {
			t.Errorf("%s: %+v after %d runs, want %q after %d", test.name, s[0], len(w.log), test.want, test.runs)
		}
	}
}

func TestRate(t *testing.T) {
	s := Series{Samples: []Sample{{0, 2, 10}, {1, 2, 40}, {2, 2, 20}}}
	if got, want := s.Rate(5), (Rate{Median: 0.5, Min: 0.25, Max: 1}); got != want {
		t.Errorf("rate %v, want %v", got, want)
	}
	if got := (Series{}).Rate(5); got != (Rate{}) {
		t.Errorf("rate of nothing is %v", got)
	}
}

// TestRatio: the machine slows down by half in each round, which a ratio of
// rounds does not see and a ratio of medians would.
func TestRatio(t *testing.T) {
	a := Series{Samples: []Sample{{0, 1, 10}, {1, 1, 20}, {2, 1, 40}}}
	b := Series{Samples: []Sample{{1, 1, 40}, {2, 1, 80}}}
	if got := Ratio(a, 3, b, 3); got != 2 {
		t.Errorf("ratio %v, want 2", got)
	}
	if got := Ratio(a, 3, b, 6); got != 1 {
		t.Errorf("ratio %v, want 1", got)
	}
	if got := Ratio(a, 1, Series{}, 1); !math.IsNaN(got) {
		t.Errorf("ratio to nothing is %v", got)
	}
}

func TestMedian(t *testing.T) {
	for _, test := range []struct {
		x    []float64
		want float64
	}{
		{[]float64{3}, 3},
		{[]float64{4, 1}, 2.5},
		{[]float64{9, 1, 5}, 5},
		{[]float64{9, 1, 5, 6}, 5.5},
	} {
		if got := median(test.x); got != test.want {
			t.Errorf("median %v, want %v", got, test.want)
		}
	}
}

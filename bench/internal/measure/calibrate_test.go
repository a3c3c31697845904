package measure

import (
	"slices"
	"testing"
	"time"
)

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
	for _, first := range []time.Duration{3 * time.Second, 11 * time.Millisecond} {
		var w world
		s := Interleave([]Candidate{w.candidate("a", func(n int) time.Duration {
			if n == 0 {
				return first
			}
			return time.Millisecond
		})}, w.options(3))
		if len(s[0].Samples) != 3 || s[0].Samples[0].Calls != 20 {
			t.Errorf("%+v, want 3 samples of 20 calls", s[0])
		}
	}
}

// TestSlowCandidatesTakeFewerTurns, in rounds that all others have too.
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
	for i, want := range [][]int{{0, 3, 6, 9, 12}, {0, 6, 12}} {
		var rounds []int
		for _, sample := range s[1+i].Samples {
			rounds = append(rounds, sample.Round)
		}
		if !slices.Equal(rounds, want) {
			t.Errorf("rounds %v, want %v", rounds, want)
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

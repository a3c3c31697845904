package measure

import (
	"slices"
	"strings"
	"testing"
	"time"
)

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

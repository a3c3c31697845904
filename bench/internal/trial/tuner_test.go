package trial

import (
	"testing"
	"time"
)

// TestTuner: each shape has its own choice, which is made once and forgotten by Reset.
func TestTuner(t *testing.T) {
	runs := [2]int{}
	candidate := func(i int, name string, slow func(m int) bool) Candidate {
		return Candidate{Name: name, Gemm: func(m, _, _ int, _, _, _ []float32) {
			runs[i]++
			if slow(m) {
				time.Sleep(2 * time.Millisecond)
			}
		}}
	}
	tuner := NewTuner(
		candidate(0, "for few rows", func(m int) bool { return m > 10 }),
		candidate(1, "for many rows", func(m int) bool { return m <= 10 }))
	if name := tuner.Kernel(1, 1, 1); name != "" {
		t.Errorf("%q before the first use", name)
	}
	for m, want := range map[int]string{1: "for few rows", 100: "for many rows"} {
		tuner.Sgemm(m, 1, 1, nil, nil, nil)
		if name := tuner.Kernel(m, 1, 1); name != want {
			t.Errorf("%d rows: %q, want %q", m, name, want)
		}
	}
	before := runs
	tuner.Sgemm(1, 1, 1, nil, nil, nil)
	if runs[0] != before[0]+1 || runs[1] != before[1] {
		t.Errorf("%v runs, after %v: a shape was tried again", runs, before)
	}
	tuner.Reset()
	if name := tuner.Kernel(1, 1, 1); name != "" {
		t.Errorf("%q after Reset", name)
	}
}

package trial

import (
	"testing"
	"time"
)

func TestFastest(t *testing.T) {
	pause := []time.Duration{3 * time.Millisecond, 200 * time.Microsecond, 50 * time.Millisecond}
	runs := make([]int, len(pause))
	best := Fastest(len(pause), func(i int) {
		runs[i]++
		time.Sleep(pause[i])
	})
	if best != 1 {
		t.Errorf("Fastest = %d after runs %v, want 1", best, runs)
	}
	if runs[2] > 2 {
		t.Errorf("the slowest was run %d times", runs[2])
	}
}

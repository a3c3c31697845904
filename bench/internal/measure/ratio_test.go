package measure

import (
	"math"
	"testing"
)

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

package table

import "testing"

// TestReaches: half of nothing is no measure.
func TestReaches(t *testing.T) {
	for _, c := range []struct {
		share, other, part float64
		want               bool
	}{{0.5, 1, 2, true}, {0.4, 1, 2, false}, {0.1, 1, 10, true}, {0, 0, 2, false}, {0.5, 0, 2, false}} {
		if got := reaches(c.share, c.other, c.part); got != c.want {
			t.Errorf("%v of %v by %v: %v", c.share, c.other, c.part, got)
		}
	}
}

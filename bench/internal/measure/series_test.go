package measure

import "testing"

func TestRate(t *testing.T) {
	s := Series{Samples: []Sample{{0, 2, 10}, {1, 2, 40}, {2, 2, 20}}}
	if got, want := s.Rate(5), (Rate{Median: 0.5, Min: 0.25, Max: 1}); got != want {
		t.Errorf("rate %v, want %v", got, want)
	}
	if got := (Series{}).Rate(5); got != (Rate{}) {
		t.Errorf("rate of nothing is %v", got)
	}
}

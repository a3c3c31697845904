package chart

import "testing"

func TestLimits(t *testing.T) {
	l := roofsOf(example())
	if len(l.peaks) != 2 || l.top() != 130 {
		t.Errorf("peaks %v", l.peaks)
	}
	if len(l.bandwidths) != 3 || l.steepest() != 230 {
		t.Errorf("bandwidths %v", l.bandwidths)
	}
}

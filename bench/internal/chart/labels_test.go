package chart

import (
	"math"
	"testing"

	"gonum.org/v1/plot/plotter"
)

// TestLabels: labels of lines that are close to each other are on their two sides, and the
// next one is behind them.
func TestLabels(t *testing.T) {
	a := area{left: 0.1, right: 100, bottom: 1, top: 200}
	lines := []roof{{rate: 20}, {rate: 100}, {rate: 18}, {rate: 20.5}}
	var l labels
	for _, b := range lines {
		l.addAlong(a, 0.2, b.rate, a.labelSide(b.rate, lines[:3]), "update in place")
	}
	end := l.along[0].end
	if end < 0.3 || end > 0.5 {
		t.Errorf("a label from 0.2 flop/byte on ends at %v", end)
	}
	for i, want := range []plotter.XY{{X: 0.2, Y: 4 * a.across(3)}, {X: 0.2, Y: 20 * a.across(3)}, {X: 0.2, Y: 3.6 / a.across(9)}, {X: end, Y: 20.5 * end * a.across(3)}} {
		if got := l.XYs[i]; math.Abs(got.X/want.X-1) > 1e-12 || math.Abs(got.Y/want.Y-1) > 1e-12 {
			t.Errorf("label %d is at %v, want %v", i, got, want)
		}
	}
}

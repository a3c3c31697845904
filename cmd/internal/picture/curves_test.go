package picture

import (
	"math"
	"testing"
)

// TestCurves: a curve falls from the upper left to the lower right of its panel,
// leaves a gap where there is no number, and one of nothing is empty.
func TestCurves(t *testing.T) {
	gap := 2 * page.margin
	img := Curves([]Curve{{Name: "falls", Values: []float64{4, 3, 2, 1}}, {Name: "lacks", Values: []float64{1, math.NaN(), 1}}, {Name: "none"}, {Name: "flat", Values: []float64{2}},
		{Name: "wide", Values: []float64{1e308, -1e308, 1e308}}, {Name: "large", Values: []float64{1e308, 1e308}}})
	if b := img.Bounds(); b.Dx() != gap+2*(panelWidth+gap) || b.Dy() != gap+3*(panelHeight+gap) {
		t.Fatalf("bounds %v", b)
	}
	// inked is the share of dots with ink in a part of a panel's plot.
	inked := func(panel int, left, right, top, bottom float64) int {
		x, y := gap+panel%2*(panelWidth+gap), gap+panel/2*(panelHeight+gap)+lineSpace
		width, height, n := float64(panelWidth), float64(panelHeight-2*lineSpace), 0
		for i := int(top * height); i < int(bottom*height); i++ {
			for j := int(left * width); j < int(right*width); j++ {
				if img.GrayAt(x+j, y+i) == ink {
					n++
				}
			}
		}
		return n
	}
	for _, c := range []struct {
		what                     string
		panel                    int
		left, right, top, bottom float64
		want                     bool
	}{
		{"begins high", 0, 0, 0.1, 0, 0.2, true}, {"ends low", 0, 0.9, 1, 0.8, 1, true}, {"is high at the end", 0, 0.8, 1, 0, 0.5, false}, {"is low at the start", 0, 0, 0.2, 0.5, 1, false},
		{"has its ends", 1, 0, 0.05, 0, 1, true}, {"crosses the gap", 1, 0.2, 0.8, 0, 1, false},
		{"is wide", 4, 0, 0.05, 0, 0.2, true}, {"is wide and falls", 4, 0.4, 0.6, 0.8, 1, true}, {"is flat and large", 5, 0, 1, 0.8, 1, true},
		{"shows nothing", 2, 0, 1, 0, 1, false}, {"is a point", 3, 0, 0.1, 0, 1, true},
	} {
		if got := inked(c.panel, c.left, c.right, c.top, c.bottom) > 0; got != c.want {
			t.Errorf("panel %d %s: %v", c.panel, c.what, got)
		}
	}
}

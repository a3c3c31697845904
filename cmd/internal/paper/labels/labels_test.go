package labels

import (
	"math"
	"slices"
	"testing"

	"github.com/targetprop/targetprop/cmd/internal/paper/experiment"
	"github.com/targetprop/targetprop/dataset"
)

// TestSmoothed: means of up to three.
func TestSmoothed(t *testing.T) {
	if got := smoothed([]float64{3, 5, 1, 6, 8}, 3); !slices.Equal(got, []float64{3, 4, 3, 4, 5}) {
		t.Errorf("means %v", got)
	}
}

// TestErrorText: one network has the error over images, several their spread.
func TestErrorText(t *testing.T) {
	one := share{Share: 0.98, StdErr: 0.0014, Images: 10000}
	if got := errorText([]share{one}); got != "2.00 +- 0.14" {
		t.Errorf("one network: %s", got)
	}
	if got := errorText([]share{one, {Share: 0.96}}); got != "3.00 ± 1.41" {
		t.Errorf("two networks: %s", got)
	}
}

// TestDegrees: the angle of a cosine.
func TestDegrees(t *testing.T) {
	if got := (ruleAngle{Cosine: 0.5}).degrees(); math.Abs(got-60) > 1e-9 {
		t.Errorf("%v degrees, want 60", got)
	}
}

// TestNoLabels: a set that has nothing to tell apart has no parts, and the chapter
// says why.
func TestNoLabels(t *testing.T) {
	same := dataset.Images{Height: 1, Width: 1, Pixels: make([]byte, 3), Labels: make([]byte, 3)}
	c := &experiment.Context{Source: "x", Set: dataset.Set{Train: same, Valid: same, Test: same}, Networks: []*experiment.Network{{Seed: 1}}}
	if parts := Parts(c); len(parts) > 0 {
		t.Errorf("%d parts", len(parts))
	}
	if s, ok := Section(c, nil); !ok || len(s.Blocks) != 1 {
		t.Errorf("section %+v, %v", s, ok)
	}
	c.Set.Train.Labels = []byte{0, 1, 1}
	if parts := Parts(c); len(parts) != 7 {
		t.Errorf("%d parts of a seed, want 7", len(parts))
	}
	if _, ok := Section(c, nil); ok {
		t.Error("a section of nothing")
	}
}

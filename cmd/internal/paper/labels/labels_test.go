package labels

import (
	"math"
	"slices"
	"testing"
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

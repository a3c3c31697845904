package compare

import (
	"math"
	"testing"
)

// TestCurve: a line is drawn of whatever numbers a log has.
func TestCurve(t *testing.T) {
	for want, values := range map[string][]float64{
		"▁▅█":  {1, 2, 3},
		"▁▁":   {7, 7},
		"█▁█":  {1e308, -1e308, 1e308},
		"▁█▅":  {-math.MaxFloat64, math.MaxFloat64, 0},
		"▁▁▁":  {math.MaxFloat64, math.MaxFloat64, math.MaxFloat64},
		"█▁":   {5e-324, 0},
		"":     {math.NaN(), math.Inf(1)},
		"▁▁██": {0, 0, math.Inf(-1), 1, 1},
	} {
		if got := curve(values); got != want {
			t.Errorf("%v: %s, want %s", values, got, want)
		}
	}
}

package measure

import "testing"

func TestMedian(t *testing.T) {
	for _, test := range []struct {
		x    []float64
		want float64
	}{
		{[]float64{3}, 3},
		{[]float64{4, 1}, 2.5},
		{[]float64{9, 1, 5}, 5},
		{[]float64{9, 1, 5, 6}, 5.5},
	} {
		if got := median(test.x); got != test.want {
			t.Errorf("median %v, want %v", got, test.want)
		}
	}
}

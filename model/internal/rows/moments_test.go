package rows

import (
	"math"
	"slices"
	"testing"
)

func TestMoments(t *testing.T) {
	mean, std := Moments(Of(4, 2, []float32{1, 5, 2, 5, 3, 5, 6, 5}))
	if want := []float32{3, 5}; !slices.Equal(mean, want) {
		t.Errorf("means %v, want %v", mean, want)
	}
	// Deviations -2, -1, 0, 3: their squares sum to 14.
	if want := []float32{float32(math.Sqrt(14.0 / 4)), 0}; !slices.Equal(std, want) {
		t.Errorf("standard deviations %v, want %v", std, want)
	}
}

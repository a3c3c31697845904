package stat

import (
	"math"
	"testing"
)

func near(a, b float64) bool { return math.Abs(a-b) <= 1e-12*(1+math.Abs(b)) }

func TestMeanError(t *testing.T) {
	// Deviations -2, -1, 0, 3: their squares sum to 14, over 3 and then 4.
	if mean, stdErr := MeanError([]float64{1, 2, 3, 6}); mean != 3 || !near(stdErr, math.Sqrt(14.0/12)) {
		t.Errorf("mean %v +- %v, want 3 +- %v", mean, stdErr, math.Sqrt(14.0/12))
	}
	if mean, stdErr := MeanError([]float64{5}); mean != 5 || !math.IsNaN(stdErr) {
		t.Errorf("mean of one number %v +- %v, want 5 +- NaN", mean, stdErr)
	}
	if mean, _ := MeanError(nil); !math.IsNaN(mean) {
		t.Errorf("mean of nothing %v, want NaN", mean)
	}
}

func TestQuantile(t *testing.T) {
	for _, test := range []struct {
		sorted  []float64
		q, want float64
	}{
		{[]float64{1, 2, 4, 9}, 0, 1},
		{[]float64{1, 2, 4, 9}, 0.01, 1.03},
		{[]float64{1, 2, 4, 9}, 0.5, 3},
		{[]float64{1, 2, 4, 9}, 1, 9},
		{[]float64{1, 4, 9}, 0.5, 4},
		{[]float64{5}, 0.3, 5},
	} {
		if got := Quantile(test.sorted, test.q); !near(got, test.want) {
			t.Errorf("quantile %v of %v is %v, want %v", test.q, test.sorted, got, test.want)
		}
	}
}

// TestDegrees compares with package math, and holds the bits on every architecture.
func TestDegrees(t *testing.T) {
	for cosine, want := range map[float64]float64{1: 0, 0: 90, -1: 180, 2: 0, -2: 180} {
		if got := Degrees(cosine); got != want {
			t.Errorf("angle of cosine %v is %v, want %v", cosine, got, want)
		}
	}
	if got := Degrees(math.NaN()); !math.IsNaN(got) {
		t.Errorf("angle of NaN is %v", got)
	}
	hash := uint64(0xcbf29ce484222325) // FNV-1a
	for i := range 20001 {
		cosine := float64(i)/10000 - 1
		got := Degrees(cosine)
		if want := math.Acos(cosine) * 180 / math.Pi; math.Abs(got-want) > 1e-13*(1+want) {
			t.Errorf("angle of cosine %v is %v, want %v", cosine, got, want)
		}
		hash = (hash ^ math.Float64bits(got)) * 0x100000001b3
	}
	if want := uint64(0x238396e18ee05be5); hash != want {
		t.Errorf("hash %#x, want %#x", hash, want)
	}
}

// TestApart: values that are all the same have a standard error of 0, which tells nothing.
func TestApart(t *testing.T) {
	for _, c := range []struct {
		difference, a, b float64
		want             bool
	}{{11, 3, 4, true}, {10, 3, 4, false}, {-11, 3, 4, false}, {1e-9, 0, 0, false}, {0, 0, 0, false}, {5, 0, 2, true}, {math.NaN(), 1, 1, false}, {5, math.NaN(), 1, false}} {
		if got := Apart(c.difference, c.a, c.b); got != c.want {
			t.Errorf("%v with errors %v and %v: %v", c.difference, c.a, c.b, got)
		}
	}
}

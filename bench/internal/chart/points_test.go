package chart

import "testing"

func TestPoints(t *testing.T) {
	got := pointsOf(example())
	want := []point{{"Products", 40, 100, false}, {"Products", 40, 80, true}, {"Updates", 16. / 36, 8, false}}
	if len(got) != len(want) {
		t.Fatalf("%v, want %v", got, want)
	}
	for i := range got {
		if got[i] != want[i] {
			t.Errorf("point %d is %v, want %v", i, got[i], want[i])
		}
	}
}

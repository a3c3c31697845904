package random

import (
	"math"
	"slices"
	"testing"
)

func TestShuffleIsAPermutation(t *testing.T) {
	order := make([]int, 1000)
	Shuffle(order, 5, 0)
	again := slices.Clone(order)
	Shuffle(again, 5, 1)
	if slices.Equal(order, again) {
		t.Error("two epochs have one order")
	}
	slices.Sort(again)
	for i, v := range again {
		if i != v {
			t.Fatalf("no permutation: %d at %d", v, i)
		}
	}
}

func TestUniform(t *testing.T) {
	m := Uniform(400, 50, 1)
	var sum, square, along float64
	for i := range m.Rows {
		for j, v := range m.Row(i) {
			if v < 0 || v >= 1 {
				t.Fatalf("%v is not from 0 to 1", v)
			}
			u := float64(v) - 0.5
			sum, square = sum+u, square+u*u
			if i > 0 {
				along += u * (float64(m.Row(i - 1)[j]) - 0.5)
			}
		}
	}
	const n = 400 * 50
	// Four standard errors each.
	if math.Abs(sum/n) > 4*math.Sqrt(1.0/12/n) || math.Abs(square/n-1.0/12) > 4*math.Sqrt(1.0/180/n) || math.Abs(along/n) > 4*math.Sqrt(1.0/144/n) {
		t.Errorf("mean %v, variance %v, correlation between rows %v", sum/n+0.5, square/n, 12*along/n)
	}
	if !slices.Equal(Uniform(3, 50, 1).Row(2), m.Row(2)) || slices.Equal(Uniform(3, 50, 2).Row(2), m.Row(2)) {
		t.Error("row 2 does not depend on the seed alone")
	}
}

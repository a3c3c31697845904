package ranks

import (
	"slices"
	"testing"
)

func TestEvenly(t *testing.T) {
	for n := range 20 {
		for size := 1; size < 9; size++ {
			bounds := Evenly(n, size)
			if len(bounds) != size+1 || bounds[0] != 0 || bounds[size] != n {
				t.Fatalf("%d for %d ranks: %v", n, size, bounds)
			}
			for r := range size {
				if share := bounds[r+1] - bounds[r]; share != n/size && share != (n+size-1)/size {
					t.Errorf("%d for %d ranks: %v", n, size, bounds)
				}
			}
		}
	}
}

func TestByWeight(t *testing.T) {
	for _, test := range []struct {
		weights []int
		size    int
		want    []int
	}{
		{nil, 2, []int{0, 0, 0}},
		{[]int{5}, 1, []int{0, 1}},
		{[]int{5}, 3, []int{0, 0, 1, 1}},
		{[]int{1, 1, 1, 1, 1, 1}, 3, []int{0, 2, 4, 6}},
		{[]int{8, 1, 1, 1, 1}, 2, []int{0, 1, 5}},
		{[]int{1, 1, 10, 1, 1}, 2, []int{0, 2, 5}},
	} {
		if got := ByWeight(test.weights, test.size); !slices.Equal(got, test.want) {
			t.Errorf("%v for %d ranks: %v, want %v", test.weights, test.size, got, test.want)
		}
	}
}

// TestByWeightBalances: no share of equal pieces is over its part by more than a
// piece.
func TestByWeightBalances(t *testing.T) {
	weights := slices.Repeat([]int{7}, 91)
	for size := 1; size <= 100; size++ {
		bounds := ByWeight(weights, size)
		for r := range size {
			if share := bounds[r+1] - bounds[r]; share < 0 || share > 91/size+1 {
				t.Errorf("%d ranks: rank %d has %d pieces of 91", size, r, share)
			}
		}
	}
}

package mpi

import (
	"math"
	"testing"
)

// TestBounds: bounds that would have MPI write outside of the data are refused.
func TestBounds(t *testing.T) {
	for _, bad := range [][]int{nil, {0}, {0, 8}, {0, 4, 4, 8}, {1, 4, 8}, {0, 4, 9}, {0, -4, 8}, {0, 9, 8}, {0, math.MaxInt, 8}, {0, math.MinInt, 8}} {
		if checkBounds(8, 2, bad) == nil {
			t.Errorf("%v for 8 bytes among 2 ranks: no error", bad)
		}
	}
	for _, good := range [][]int{{0, 0, 8}, {0, 8, 8}, {0, 3, 8}} {
		if err := checkBounds(8, 2, good); err != nil {
			t.Error(err)
		}
	}
}

package view

import (
	"math"
	"math/big"
	"testing"
)

// TestOverflows compares with integers of any size.
func TestOverflows(t *testing.T) {
	some := []int{math.MinInt, -1, 0, 1, 2, 3, 5, 9, 1 << 15, math.MaxInt >> 16, math.MaxInt>>2 + 1, math.MaxInt>>1 + 1, math.MaxInt - 1, math.MaxInt}
	for _, rows := range some {
		for _, cols := range some {
			for _, stride := range some {
				n := func(x int) *big.Int { return big.NewInt(int64(x)) }
				end := new(big.Int).Mul(n(rows-1), n(stride))
				want := rows > 0 && cols >= 0 && stride >= cols && end.Add(end, n(cols)).Cmp(n(math.MaxInt)) > 0
				if got := Overflows(rows, cols, stride); got != want {
					t.Errorf("%d x %d with stride %d: %v, want %v", rows, cols, stride, got, want)
				}
			}
		}
	}
}

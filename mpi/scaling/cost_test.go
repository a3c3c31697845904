package main

import (
	"math"
	"testing"
)

// TestCost: the formula on numbers that can be done in the head.
func TestCost(t *testing.T) {
	c := cost{row: 1e-3, place: 1e-6, parameter: 1e-11, rowBytes: 1000, weights: 1e6}
	n := net{bandwidth: 1e9, latency: 1e-5}
	near := func(what string, got, want float64) {
		if math.Abs(got-want) > 1e-9 {
			t.Errorf("%s: %v, want %v", what, got, want)
		}
	}
	total, gathers := c.step(100, 1, n)
	near("one rank", total, 0.1+0.001)
	near("one rank's gathers", gathers, 0)
	total, gathers = c.step(100, 4, n)
	wantGathers := 0.75*1e5/1e9 + 3e-5 + 0.75*4e6/1e9 + 3e-5 + 3*2e-5
	near("four ranks' gathers", gathers, wantGathers)
	near("four ranks", total, 0.025+0.00025+0.0001+wantGathers)
	few, _ := c.step(8, 4, n)
	fewer, _ := c.step(8, 1, n)
	if few < fewer {
		t.Errorf("2 rows take %v, 8 rows %v", few, fewer)
	}
	total, _ = c.step(101, 4, n)
	if total < 0.026 {
		t.Errorf("a rank with 26 rows takes %v", total)
	}
}

package training

import "testing"

// TestAllocations counts what a step allocates every time, and not what it
// allocates once.
func TestAllocations(t *testing.T) {
	var sink []*int
	if got := allocations(func() { sink = append(sink[:0], new(int), new(int)) }); got < 2 || got > 2.5 {
		t.Errorf("%v allocations, want 2", got)
	}
	var once []int
	if got := allocations(func() {
		if once == nil {
			once = make([]int, 10)
		}
	}); got != 0 {
		t.Errorf("%v allocations, want 0", got)
	}
}

package threads

import (
	"maps"
	"sync"
	"testing"
)

// TestPieces checks that pieces cover what they divide.
func TestPieces(t *testing.T) {
	const size = 10
	for _, threads := range poolsOf {
		p := newPool(t, threads)
		for _, n := range []int{-1, 0, 1, 7, 20, 21, 33, 80, 101} {
			c := make(coverage, max(n, 0))
			p.Pieces(n, size, func(lo, hi, end int) {
				c.add(lo, hi)
				if hi > end || hi <= lo || hi-lo > size && threads > 1 {
					t.Errorf("%d threads: piece %d..%d of what ends at %d", threads, lo, hi, end)
				}
			})
			c.check(t, 1, "%d threads, pieces of %d", threads, n)
		}
	}
}

// TestPiecesHandOver: the slow thread has 40 rows and loses half of the 30 that follow its
// first piece; then too few are left to be divided.
func TestPiecesHandOver(t *testing.T) {
	p := newPool(t, 2)
	s := newSlowThread(p)
	var mutex sync.Mutex
	ends := map[int]int{} // of the legs, by where pieces begin
	p.Pieces(80, 10, func(lo, hi, end int) {
		mutex.Lock()
		ends[lo] = end
		mutex.Unlock()
		s.call(lo < 25)
	})
	want := map[int]int{0: 40, 10: 25, 18: 25, 25: 40, 33: 40, 40: 80, 50: 80, 60: 80, 70: 80}
	if !maps.Equal(ends, want) {
		t.Errorf("pieces of legs that end at %v, want %v", ends, want)
	}
}

// TestOnePieceEach: size is enough for one piece a thread, so there are no more.
func TestOnePieceEach(t *testing.T) {
	p := newPool(t, 3)
	for _, n := range []int{3, 29, 30} {
		var mutex sync.Mutex
		ends := map[int]int{}
		p.Pieces(n, 10, func(lo, hi, end int) {
			mutex.Lock()
			defer mutex.Unlock()
			ends[lo] = hi
			if hi != end {
				t.Errorf("of %d: piece %d..%d of what ends at %d", n, lo, hi, end)
			}
		})
		if want := map[int]int{0: n / 3, n / 3: 2 * n / 3, 2 * n / 3: n}; !maps.Equal(ends, want) {
			t.Errorf("of %d: pieces that end at %v, want %v", n, ends, want)
		}
	}
}

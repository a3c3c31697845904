package kernels

import "testing"

// TestEvenly checks what the drivers ask of the parts and what the micro-kernels
// rely on: only tiles of more than half of the most rows come several at a time.
func TestEvenly(t *testing.T) {
	for most := 1; most <= maxTileRows; most++ {
		for n := 1; n <= 10*maxTileRows; n++ {
			size := evenly(n, most)
			parts, fewest := (n+size-1)/size, (n+most-1)/most
			if size > most || parts != fewest {
				t.Errorf("%d, at most %d at a time, are %d parts of %d, want %d", n, most, parts, size, fewest)
			}
			if parts > 1 && 2*size <= most {
				t.Errorf("%d, at most %d at a time, are parts of %d, which is not more than half", n, most, size)
			}
		}
	}
}

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

// TestBatch checks that batches fit, and end with a part of a tile only where whole
// ones would not fit.
func TestBatch(t *testing.T) {
	for _, isa := range []ISA{Generic, NEON, AVX2, AVX512} {
		for _, columns := range []int{Panel / 2, Panel, 2 * Panel, mostColumns} {
			height := isa.tileRows(columns)
			for _, most := range []int{bufferRows / 2, bufferRows} {
				for n := 1; n <= 4*bufferRows; n++ {
					size := isa.batch(n, most, columns)
					if size < 1 || size > min(n, most) {
						t.Fatalf("%v: a batch of %d of %d rows, at most %d", isa, size, n, most)
					}
					whole := size == n || size%height == 0
					if !whole && roundUp(size, height) <= most {
						t.Errorf("%v: a batch of %d of %d rows ends with a part of a tile of %d", isa, size, n, height)
					}
				}
			}
		}
	}
}

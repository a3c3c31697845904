package mask

import (
	"fmt"

	"github.com/targetprop/targetprop/model/internal/random"
)

// CentredSquare misses the size x size pixels in the middle of a width x height
// image. Where the sizes differ in parity, the square is half a pixel up and to
// the left. A square that is too large is cut, and one of a negative size misses nothing.
func CentredSquare(width, height, size int) Mask {
	size = max(size, 0)
	x, y := (width-size)/2, (height-size)/2
	return rectangle(width, height, x, y, x+size, y+size)
}

// RandomSquares are count masks that miss a size x size square at a random place
// within a width x height image. Mask i depends on the seed and on i, not on
// count.
func RandomSquares(count, width, height, size int, seed uint64) ([]Mask, error) {
	if width > 0 && height > 0 && (height > maxPixels/width || count > maxOfAll/(width*height)) {
		return nil, fmt.Errorf("model: %d masks of %d x %d pixels: want %d pixels at most, and %d in all", count, width, height, maxPixels, maxOfAll)
	}
	if count < 0 || size < 0 || size > min(width, height) {
		return nil, fmt.Errorf("model: %d masks with a square of %d missing from %d x %d pixels: want none negative, and that it fits", count, size, width, height)
	}
	if err := fits(count, width*height); err != nil {
		return nil, err
	}
	masks := make([]Mask, count)
	for i := range masks {
		rng := random.Row(seed, random.Mask, i)
		x, y := rng.IntN(width-size+1), rng.IntN(height-size+1)
		masks[i] = rectangle(width, height, x, y, x+size, y+size)
	}
	return masks, nil
}

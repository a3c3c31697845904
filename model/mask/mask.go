// Package mask says which pixels of pictures are missing.
package mask

import (
	"fmt"

	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model/internal/random"
)

// Mask tells for each pixel of an image whether it is missing.
type Mask []bool

// Missing is the number of missing pixels.
func (m Mask) Missing() int {
	count := 0
	for _, missing := range m {
		if missing {
			count++
		}
	}
	return count
}

// Overwrite copies the missing pixels from src to dst.
func (m Mask) Overwrite(dst, src []float32) {
	for j, missing := range m {
		if missing {
			dst[j] = src[j]
		}
	}
}

// OfChannels are masks of images with so many channels: a pixel that is missing is
// missing in all of them.
func OfChannels(masks []Mask, channels int) []Mask {
	if channels <= 1 {
		return masks
	}
	all := make([]Mask, len(masks))
	for i, m := range masks {
		for _, missing := range m {
			for range channels {
				all[i] = append(all[i], missing)
			}
		}
	}
	return all
}

// Check says what is wrong with masks for images, one a row, if anything is.
// There is one mask for all images or one for each.
func Check(masks []Mask, images kernels.Matrix) error {
	if len(masks) != 1 && len(masks) != images.Rows {
		return fmt.Errorf("model: %d masks for %d images: want one for all or one for each", len(masks), images.Rows)
	}
	for _, m := range masks {
		if len(m) != images.Cols {
			return fmt.Errorf("model: a mask of %d pixels for images of %d", len(m), images.Cols)
		}
	}
	return nil
}

// Of is the mask of image i, where there is one for all images or one for each.
func Of(masks []Mask, i int) Mask {
	if len(masks) == 1 {
		return masks[0]
	}
	return masks[i]
}

// Random are count masks of dim pixels, each missing with probability rate. Mask
// i depends on the seed and on i, not on count.
func Random(count, dim int, rate float64, seed uint64) ([]Mask, error) {
	if count < 0 || dim < 1 || !(rate >= 0 && rate <= 1) {
		return nil, fmt.Errorf("model: %d masks of %d pixels, each missing with probability %v: want none negative, no more than 1", count, dim, rate)
	}
	masks := make([]Mask, count)
	for i := range masks {
		rng := random.Row(seed, random.Mask, i)
		masks[i] = make(Mask, dim)
		for j := range masks[i] {
			masks[i][j] = rng.Float64() < rate
		}
	}
	return masks, nil
}

// rectangle misses the pixels from (x0, y0) to before (x1, y1).
func rectangle(width, height, x0, y0, x1, y1 int) Mask {
	m := make(Mask, width*height)
	for y := max(y0, 0); y < min(y1, height); y++ {
		for x := max(x0, 0); x < min(x1, width); x++ {
			m[y*width+x] = true
		}
	}
	return m
}

// Package mask says which pixels of pictures are missing.
package mask

import (
	"fmt"
	"math"

	"github.com/targetprop/targetprop/internal/memory"
	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model/internal/random"
	"github.com/targetprop/targetprop/model/internal/rows"
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
	if len(dst) < len(m) || len(src) < len(m) {
		panic(fmt.Sprintf("model: a mask of %d pixels for images of %d and %d", len(m), len(dst), len(src)))
	}
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
	for _, m := range masks {
		checkPixels(len(m), channels)
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
// There is one mask for all images or one for each. Visible pixels are finite numbers.
func Check(masks []Mask, images kernels.Matrix) error {
	if err := rows.CheckMatrix(images); err != nil {
		return fmt.Errorf("images: %w", err)
	}
	if len(masks) != 1 && len(masks) != images.Rows {
		return fmt.Errorf("model: %d masks for %d images: want one for all or one for each", len(masks), images.Rows)
	}
	for _, m := range masks {
		if len(m) != images.Cols {
			return fmt.Errorf("model: a mask of %d pixels for images of %d", len(m), images.Cols)
		}
	}
	for i := range images.Rows {
		mask := Of(masks, i)
		for j, x := range images.Row(i) {
			if !mask[j] && x-x != 0 {
				return fmt.Errorf("model: pixel %d of image %d is %v and not missing: want finite numbers", j, i, x)
			}
		}
	}
	return nil
}

// Of is the mask of image i, where there is one for all images or one for each.
func Of(masks []Mask, i int) Mask {
	if len(masks) == 1 {
		return masks[0]
	}
	if uint(i) >= uint(len(masks)) {
		panic(fmt.Sprintf("model: mask %d of %d", i, len(masks)))
	}
	return masks[i]
}

// Random are count masks of dim pixels, each missing with probability rate. Mask
// i depends on the seed and on i, not on count.
func Random(count, dim int, rate float64, seed uint64) ([]Mask, error) {
	if dim > maxPixels || dim > 0 && count > maxOfAll/dim {
		return nil, fmt.Errorf("model: %d masks of %d pixels: want %d pixels at most, and %d in all", count, dim, maxPixels, maxOfAll)
	}
	if count < 0 || dim < 1 || !(rate >= 0 && rate <= 1) {
		return nil, fmt.Errorf("model: %d masks of %d pixels, each missing with probability %v: want none negative, no more than 1", count, dim, rate)
	}
	if err := fits(count, dim); err != nil {
		return nil, err
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

// The most pixels of an image, and of all masks: many times what can be learned from.
const (
	maxPixels = 1 << 30
	maxOfAll  = math.MaxInt32
)

// fits fails if so many masks of so many pixels do not fit in memory.
func fits(count, dim int) error {
	const each = 24 // bytes of a slice
	return memory.Check(fmt.Sprintf("model: to hold %d masks of %d pixels", count, dim), float64(count)*float64(dim+each))
}

// checkPixels panics if an image cannot have so many lines and columns, or pixels and channels.
func checkPixels(width, height int) {
	if width < 0 || height < 0 || width > 0 && height > maxPixels/width {
		panic(fmt.Sprintf("model: a mask of %d x %d pixels: want none negative, and %d at most", width, height, maxPixels))
	}
}

// rectangle misses the pixels from (x0, y0) to before (x1, y1).
func rectangle(width, height, x0, y0, x1, y1 int) Mask {
	checkPixels(width, height)
	m := make(Mask, width*height)
	for y := max(y0, 0); y < min(y1, height); y++ {
		for x := max(x0, 0); x < min(x1, width); x++ {
			m[y*width+x] = true
		}
	}
	return m
}

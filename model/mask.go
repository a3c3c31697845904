package model

import (
	"fmt"

	"github.com/targetprop/targetprop/internal/enum"
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

// overwrite copies the missing pixels from src to dst.
func (m Mask) overwrite(dst, src []float32) {
	for j, missing := range m {
		if missing {
			dst[j] = src[j]
		}
	}
}

// checkMasks wants one mask for all images or one for each.
func checkMasks(images kernels.Matrix, masks []Mask) error {
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

// maskOf is the mask of image i.
func maskOf(masks []Mask, i int) Mask {
	if len(masks) == 1 {
		return masks[0]
	}
	return masks[i]
}

// RandomMasks are count masks of dim pixels, each missing with probability
// rate. Mask i depends on the seed and on i, not on count.
func RandomMasks(count, dim int, rate float64, seed uint64) ([]Mask, error) {
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

// Side is a half of an image.
type Side uint8

// The halves.
const (
	Left Side = iota
	Right
	Top
	Bottom
)

var sides = enum.Names[Side]{
	Package: "model", Type: "Side", Kind: "side",
	Names: []string{Left: "left", Right: "right", Top: "top", Bottom: "bottom"},
}

// String is the name that [ParseSide] reads.
func (s Side) String() string { return sides.String(s) }

// ParseSide reads the name of a side.
func ParseSide(name string) (Side, error) { return sides.Parse(name) }

// HalfMask misses one half of a width x height image. A middle row or column
// stays visible.
func HalfMask(width, height int, side Side) Mask {
	switch side {
	case Left:
		return rectangle(width, height, 0, 0, width/2, height)
	case Right:
		return rectangle(width, height, width-width/2, 0, width, height)
	case Top:
		return rectangle(width, height, 0, 0, width, height/2)
	default:
		return rectangle(width, height, 0, height-height/2, width, height)
	}
}

// CentredSquareMask misses the size x size pixels in the middle of a width x
// height image, up and to the left of it by half a pixel where sizes differ in
// parity. A square that is too large is cut.
func CentredSquareMask(width, height, size int) Mask {
	x, y := (width-size)/2, (height-size)/2
	return rectangle(width, height, x, y, x+size, y+size)
}

// RandomSquareMasks are count masks that miss a size x size square at a random
// place within a width x height image. Mask i depends on the seed and on i, not
// on count.
func RandomSquareMasks(count, width, height, size int, seed uint64) ([]Mask, error) {
	if count < 0 || size < 0 || size > min(width, height) {
		return nil, fmt.Errorf("model: %d masks with a square of %d missing from %d x %d pixels: want none negative, and that it fits", count, size, width, height)
	}
	masks := make([]Mask, count)
	for i := range masks {
		rng := random.Row(seed, random.Mask, i)
		x, y := rng.IntN(width-size+1), rng.IntN(height-size+1)
		masks[i] = rectangle(width, height, x, y, x+size, y+size)
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

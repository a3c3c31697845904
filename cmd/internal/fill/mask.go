package fill

import (
	"fmt"
	"image/color"
	"image/png"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"github.com/targetprop/targetprop/cmd/internal/cli"
	"github.com/targetprop/targetprop/internal/atomicfile"
	"github.com/targetprop/targetprop/model/mask"
)

// The masks that have names besides the sides of package model.
const (
	MaskPixels = "pixels"
	MaskSquare = "square"
)

// MaskNames are the masks that have names; any other is a file.
var MaskNames = []string{MaskPixels, "left", "right", "top", "bottom", MaskSquare}

// Mask tells which pixels are missing.
type Mask struct {
	Name string  // one of MaskNames, or a PNG file
	Rate float64 // share of the pixels that MaskPixels hides
	Size int     // side of MaskSquare in pixels, 0 for half of the image's
}

// Validate checks what can be without knowing the images. Rate and size that
// were given must belong to the mask.
func (m Mask) Validate(rateGiven, sizeGiven bool) error {
	switch {
	case !slices.Contains(MaskNames, m.Name) && !strings.EqualFold(filepath.Ext(m.Name), ".png"):
		return cli.Usagef("--mask %q: want %s, or a file that ends in .png", m.Name, strings.Join(MaskNames, ", "))
	case !(m.Rate > 0 && m.Rate <= 1):
		return cli.Usagef("--rate %v: want more than 0, at most 1", m.Rate)
	case m.Size < 0:
		return cli.Usagef("--size %d: want 0 or more", m.Size)
	case rateGiven && m.Name != MaskPixels:
		return cli.Usagef("--rate goes with --mask pixels, not with --mask %s", m.Name)
	case sizeGiven && m.Name != MaskSquare:
		return cli.Usagef("--size goes with --mask square, not with --mask %s", m.Name)
	}
	return nil
}

// Masks are one mask for all of n images or one for each.
func (m Mask) Masks(n, width, height int, seed uint64) ([]mask.Mask, error) {
	var one mask.Mask
	switch m.Name {
	case MaskPixels:
		all, err := mask.Random(n, width*height, m.Rate, seed)
		if err == nil && !slices.ContainsFunc(all, func(one mask.Mask) bool { return one.Missing() > 0 }) {
			err = cli.Usagef("--rate %g: no pixel is missing in %s of %d x %d pixels", m.Rate, cli.Count(n, "image", "images"), width, height)
		}
		return all, err
	case MaskSquare:
		size := m.Size
		if size == 0 {
			size = max(min(width, height)/2, 1)
		}
		if size > min(width, height) {
			return nil, cli.Usagef("--size %d: the images have %d x %d pixels", size, width, height)
		}
		one = mask.CentredSquare(width, height, size)
	default:
		side, err := mask.ParseSide(m.Name)
		if err == nil {
			one = mask.Half(width, height, side)
		} else if one, err = readMask(m.Name, width, height); err != nil {
			return nil, err
		}
	}
	switch _, err := mask.ParseSide(m.Name); {
	case one.Missing() > 0:
	case err == nil:
		return nil, cli.Usagef("--mask %s: examples of %d x %d have no such half; choose another mask", m.Name, width, height)
	default:
		return nil, fmt.Errorf("--mask %s: no pixel is missing; missing ones are white", m.Name)
	}
	return []mask.Mask{one}, nil
}

// readMask reads a picture on which missing pixels are white: more than half as
// bright as white, over black where it is transparent.
func readMask(path string, width, height int) (mask.Mask, error) {
	r, err := atomicfile.Open(path)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	// The size first: the picture may be larger than memory.
	config, err := png.DecodeConfig(r)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	if config.Width != width || config.Height != height {
		return nil, fmt.Errorf("%s has %d x %d pixels, the images have %d x %d", path, config.Width, config.Height, width, height)
	}
	if _, err := r.Seek(0, io.SeekStart); err != nil {
		return nil, err
	}
	picture, err := png.Decode(r)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	missing := make(mask.Mask, width*height)
	corner := picture.Bounds().Min
	for i := range missing {
		grey := color.Gray16Model.Convert(picture.At(corner.X+i%width, corner.Y+i/width)).(color.Gray16)
		missing[i] = grey.Y > 0x7fff
	}
	return missing, nil
}

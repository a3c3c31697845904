package main

import (
	"fmt"
	"image/color"
	"image/png"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/targetprop/targetprop/model/mask"
)

// The masks that have names besides the sides of package model.
const (
	maskPixels = "pixels"
	maskSquare = "square"
)

var namedMasks = []string{maskPixels, "left", "right", "top", "bottom", maskSquare}

// maskOptions tell which pixels are missing.
type maskOptions struct {
	name string // one of namedMasks, or a PNG file
	rate float64
	size int
}

// validate checks what can be without knowing the images.
func (m maskOptions) validate(given *pflag.FlagSet) error {
	switch {
	case !slices.Contains(namedMasks, m.name) && !strings.EqualFold(filepath.Ext(m.name), ".png"):
		return usagef("--mask %q: want %s, or a file that ends in .png", m.name, strings.Join(namedMasks, ", "))
	case !(m.rate > 0 && m.rate <= 1):
		return usagef("--rate %v: want more than 0, at most 1", m.rate)
	case m.size < 0:
		return usagef("--size %d: want 0 or more", m.size)
	case given.Changed("rate") && m.name != maskPixels:
		return usagef("--rate goes with --mask pixels, not with --mask %s", m.name)
	case given.Changed("size") && m.name != maskSquare:
		return usagef("--size goes with --mask square, not with --mask %s", m.name)
	}
	return nil
}

// masks are one mask for all of n images or one for each.
func (m maskOptions) masks(n, width, height int, seed uint64) ([]mask.Mask, error) {
	var missing mask.Mask
	switch m.name {
	case maskPixels:
		return mask.Random(n, width*height, m.rate, seed)
	case maskSquare:
		size := m.size
		if size == 0 {
			size = max(min(width, height)/2, 1)
		}
		if size > min(width, height) {
			return nil, usagef("--size %d: the images have %d x %d pixels", size, width, height)
		}
		missing = mask.CentredSquare(width, height, size)
	default:
		side, err := mask.ParseSide(m.name)
		if err == nil {
			missing = mask.Half(width, height, side)
		} else if missing, err = readMask(m.name, width, height); err != nil {
			return nil, err
		}
	}
	if missing.Missing() == 0 {
		return nil, fmt.Errorf("--mask %s: no pixel is missing; missing ones are white", m.name)
	}
	return []mask.Mask{missing}, nil
}

// readMask reads a picture on which missing pixels are white: more than half as
// bright as white, over black where it is transparent.
func readMask(path string, width, height int) (mask.Mask, error) {
	r, err := os.Open(path)
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

// completeMask offers the names and, once none of them fits, pictures.
func completeMask(_ *cobra.Command, _ []string, typed string) ([]cobra.Completion, cobra.ShellCompDirective) {
	var fit []cobra.Completion
	for _, name := range namedMasks {
		if strings.HasPrefix(name, typed) {
			fit = append(fit, name)
		}
	}
	if len(fit) == 0 {
		return []cobra.Completion{"png"}, cobra.ShellCompDirectiveFilterFileExt
	}
	return fit, cobra.ShellCompDirectiveNoFileComp
}

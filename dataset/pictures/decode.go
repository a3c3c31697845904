package pictures

import (
	"context"
	"fmt"
	"image"
	"image/color"
	_ "image/jpeg" // a format of image.Decode
	_ "image/png"  // a format of image.Decode
	"io"

	"golang.org/x/image/draw"

	"github.com/targetprop/targetprop/dataset/reading"
	"github.com/targetprop/targetprop/internal/atomicfile"
)

// shape is what all pictures become.
type shape struct {
	width, height, channels int
	largest                 int // pixels of the largest picture, before it is scaled
}

func (s shape) dim() int { return s.width * s.height * s.channels }

// maxPixels keeps a small hostile file from asking for all of memory: of one picture, and of
// those that are decoded at a time. A pixel takes 8 bytes at most.
const maxPixels = 1 << 26

// pixelsPerByte is the most pixels that a byte of a file can stand for: 8 of one bit in each
// of 1032 bytes, which is as far as deflate goes. Decoders take memory for what a header claims.
const pixelsPerByte = 8 * 1032

// maxDim is the most numbers of a picture, once scaled: as many as a layer has units.
const maxDim = 1 << 20

// shapeOf looks at the headers of all pictures: they must have one size, unless they
// are scaled to one.
func shapeOf(ctx context.Context, files []file, o reading.Options) (shape, error) {
	headers, errs := make([]image.Config, len(files)), make([]error, len(files))
	inParallel(len(files), len(files), func(i int) {
		if ctx.Err() == nil {
			headers[i], errs[i] = header(files[i].path)
		}
	})
	if err := ctx.Err(); err != nil {
		return shape{}, err
	}
	s := shape{width: o.Width, height: o.Height, channels: 1}
	for i, h := range headers {
		switch {
		case errs[i] != nil:
			return s, errs[i]
		case h.Width > maxPixels/h.Height:
			return s, fmt.Errorf("%s is %d x %d pixels: want at most %d", files[i].path, h.Width, h.Height, maxPixels)
		case o.Width == 0 && i == 0:
			s.width, s.height = h.Width, h.Height
		case o.Width == 0 && (h.Width != s.width || h.Height != s.height):
			return s, fmt.Errorf("%s is %d x %d pixels, %s is %d x %d: want one size, or --size %dx%d, which scales them",
				files[i].path, h.Width, h.Height, files[0].path, s.width, s.height, s.width, s.height)
		}
		if coloured(h.ColorModel) {
			s.channels = 3
		}
		s.largest = max(s.largest, h.Width*h.Height)
	}
	if s.dim() > maxDim {
		return s, fmt.Errorf("%s: pictures of %d x %d pixels have %d numbers each: want at most %d; a smaller --size scales them, as --size 64x64", files[0].path, s.width, s.height, s.dim(), maxDim)
	}
	return s, nil
}

func header(path string) (image.Config, error) {
	f, err := atomicfile.Open(path)
	if err != nil {
		return image.Config{}, err
	}
	defer f.Close()
	h, _, err := image.DecodeConfig(f)
	if err == nil && (h.Width < 1 || h.Height < 1) {
		err = fmt.Errorf("it has no pixels")
	}
	if info, errStat := f.Stat(); err == nil && errStat == nil && h.Width <= maxPixels/h.Height && int64(h.Width*h.Height) > 1<<20+pixelsPerByte*info.Size() {
		err = fmt.Errorf("its %d bytes are too few for %d x %d pixels", info.Size(), h.Width, h.Height)
	}
	if err != nil {
		return h, fmt.Errorf("%s is no PNG or JPEG picture that can be read: %w", path, err)
	}
	return h, nil
}

// coloured tells whether pictures of the model can have colours.
func coloured(m color.Model) bool {
	if p, ok := m.(color.Palette); ok {
		for _, c := range p {
			if r, g, b, _ := c.RGBA(); r != g || g != b {
				return true
			}
		}
		return false
	}
	return m != color.GrayModel && m != color.Gray16Model
}

// decode writes the pixels of a picture to dst.
func decode(dst []byte, path string, s shape) error {
	f, err := atomicfile.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	img, _, err := image.Decode(f)
	if err != nil {
		at, _ := f.Seek(0, io.SeekCurrent)
		return fmt.Errorf("%s is damaged, near byte %d: %w", path, at, err)
	}
	to := image.NewRGBA(image.Rect(0, 0, s.width, s.height))
	draw.Draw(to, to.Bounds(), image.Black, image.Point{}, draw.Src)
	if b := img.Bounds(); b.Dx() == s.width && b.Dy() == s.height {
		draw.Draw(to, to.Bounds(), img, b.Min, draw.Over)
	} else {
		draw.CatmullRom.Scale(to, to.Bounds(), img, b, draw.Over, nil)
	}
	for i := range s.width * s.height {
		rgb := to.Pix[4*i:][:3]
		if s.channels == 3 {
			copy(dst[3*i:], rgb)
		} else {
			dst[i] = rgb[0]
		}
	}
	return nil
}

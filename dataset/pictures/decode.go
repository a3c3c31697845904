package pictures

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"image"
	"image/color"
	_ "image/jpeg" // a format of image.Decode
	_ "image/png"  // a format of image.Decode
	"io"
	"os"

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
// are scaled to one. It finds out which are deep, and which are to be turned.
func shapeOf(ctx context.Context, files []file, o reading.Options) (shape, error) {
	headers, errs := make([]image.Config, len(files)), make([]error, len(files))
	inParallel(len(files), len(files), func(i int) {
		if ctx.Err() == nil {
			headers[i], files[i].turn, errs[i] = header(files[i].path)
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
			return s, reading.Unread{
				Err:  fmt.Errorf("%s is %d x %d pixels, %s is %d x %d: want one size", files[i].path, h.Width, h.Height, files[0].path, s.width, s.height),
				Flag: fmt.Sprintf("--size %dx%d scales them", s.width, s.height),
			}
		}
		if coloured(h.ColorModel) {
			s.channels = 3
		}
		s.largest = max(s.largest, h.Width*h.Height)
		files[i].deep = h.ColorModel == color.Gray16Model || h.ColorModel == color.RGBA64Model || h.ColorModel == color.NRGBA64Model
	}
	if s.dim() > maxDim {
		return s, reading.Unread{
			Err:  fmt.Errorf("%s: pictures of %d x %d pixels have %d numbers each: want at most %d", files[0].path, s.width, s.height, s.dim(), maxDim),
			Flag: "--size 64x64 scales them",
		}
	}
	return s, nil
}

// header is what is said of a picture as it is seen.
func header(path string) (image.Config, turn, error) {
	f, err := atomicfile.Open(path)
	if err != nil {
		return image.Config{}, 0, err
	}
	defer f.Close()
	r := &source{file: f}
	h, format, err := image.DecodeConfig(r)
	if r.err != nil {
		return h, 0, r.err
	}
	if err == nil && (h.Width < 1 || h.Height < 1) {
		err = fmt.Errorf("it has no pixels")
	}
	if info, errStat := f.Stat(); err == nil && errStat == nil && h.Width <= maxPixels/h.Height && int64(h.Width*h.Height) > 1<<20+pixelsPerByte*info.Size() {
		err = fmt.Errorf("its %d bytes are too few for %d x %d pixels", info.Size(), h.Width, h.Height)
	}
	if err != nil {
		return h, 0, fmt.Errorf("%s is no PNG or JPEG picture that can be read: %w", path, err)
	}
	var t turn
	if _, err := f.Seek(0, io.SeekStart); err == nil && format == "jpeg" {
		t = turnOf(bufio.NewReader(f))
	}
	if t.swaps() {
		h.Width, h.Height = h.Height, h.Width
	}
	return h, t, nil
}

// source is a file whose errors are kept: the decoders say something else of a disk that fails.
type source struct {
	file *os.File
	err  error
}

func (s *source) Read(b []byte) (int, error) {
	n, err := s.file.Read(b)
	if err != nil && !errors.Is(err, io.EOF) {
		s.err = err
	}
	return n, err
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
func decode(dst []byte, of file, s shape) error {
	f, err := atomicfile.Open(of.path)
	if err != nil {
		return err
	}
	defer f.Close()
	r := &source{file: f}
	img, _, err := image.Decode(r)
	switch {
	case r.err != nil:
		return r.err
	case err != nil:
		at, _ := f.Seek(0, io.SeekCurrent)
		return fmt.Errorf("%s is damaged, near byte %d: %w", of.path, at, err)
	}
	width, height := s.width, s.height
	if of.turn.swaps() {
		width, height = height, width
	}
	to := image.NewRGBA(image.Rect(0, 0, width, height))
	draw.Draw(to, to.Bounds(), image.Black, image.Point{}, draw.Src)
	if b := img.Bounds(); b.Dx() == width && b.Dy() == height {
		draw.Draw(to, to.Bounds(), img, b.Min, draw.Over)
	} else {
		draw.CatmullRom.Scale(to, to.Bounds(), img, b, draw.Over, nil)
	}
	for i := range s.width * s.height {
		x, y := of.turn.from(i%s.width, i/s.width, width, height)
		rgb := to.Pix[4*(y*width+x):][:3]
		if s.channels == 3 {
			copy(dst[3*i:], rgb)
		} else {
			dst[i] = rgb[0]
		}
	}
	return nil
}

package data

import (
	"github.com/targetprop/targetprop/cmd/internal/cli"
	"github.com/targetprop/targetprop/dataset"
	"github.com/targetprop/targetprop/kernels"
)

// Images are 8-bit images as the model reads them: pixels in [0,1].
type Images struct{ dataset.Images }

// Read puts the pixels of image i into dst.
func (s Images) Read(i int, dst []float32) { scale(dst, s.Row(i)) }

// scale writes pixels to dst.
func scale(dst []float32, pixels []uint8) {
	for j, p := range pixels {
		dst[j] = float32(p) / 255
	}
}

// First are the first n images, a row for each.
func First(set dataset.Images, n int) kernels.Matrix {
	m := kernels.NewMatrix(n, set.Dim())
	for i := range n {
		Images{set}.Read(i, m.Row(i))
	}
	return m
}

// Finite tells whether no element is NaN or infinite.
func Finite(m kernels.Matrix) bool {
	for i := range m.Rows {
		for _, x := range m.Row(i) {
			if x-x != 0 {
				return false
			}
		}
	}
	return true
}

// maxNumbers limits images times pixels: 2 GB.
const maxNumbers = 1 << 29

// CheckAmount keeps a mistyped number of images from taking all of memory.
func CheckAmount(flag string, n, pixels int) error {
	if n > maxNumbers/pixels {
		return cli.Usagef("%s %d: want at most %d images of %d pixels", flag, n, max(maxNumbers/pixels, 1), pixels)
	}
	return nil
}

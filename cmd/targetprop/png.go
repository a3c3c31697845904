package main

import (
	"image"
	"image/color"
	"image/png"
	"io"
	"math"

	"github.com/targetprop/targetprop/internal/atomicfile"
	"github.com/targetprop/targetprop/kernels"
)

// The gaps between images: wide and dark enough to part them and not to be
// seen as part of them.
const gap = 2

var gapColour = color.Gray{Y: 0x38}

// writePNG writes the rows of m as a grid of images, 0 being black and 1 white.
func writePNG(path string, m kernels.Matrix, height, width int) error {
	return atomicfile.Write(path, func(w io.Writer) error {
		return (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(w, grid(m, height, width))
	})
}

// grid lays images out in rows, in a picture that is as square as can be.
func grid(m kernels.Matrix, height, width int) *image.Gray {
	columns := gridColumns(m.Rows, height, width)
	lines := (m.Rows + columns - 1) / columns
	picture := image.NewGray(image.Rect(0, 0, columns*(width+gap)+gap, lines*(height+gap)+gap))
	for i := range picture.Pix {
		picture.Pix[i] = gapColour.Y
	}
	for i := range m.Rows {
		left, top := gap+i%columns*(width+gap), gap+i/columns*(height+gap)
		row := m.Row(i)
		for y := range height {
			for x := range width {
				picture.SetGray(left+x, top+y, color.Gray{Y: grey(row[y*width+x])})
			}
		}
	}
	return picture
}

// gridColumns is the number of images side by side.
func gridColumns(n, height, width int) int {
	columns := int(math.Ceil(math.Sqrt(float64(n) * float64(height+gap) / float64(width+gap))))
	return min(max(columns, 1), max(n, 1))
}

// grey is the pixel for a value; values outside [0,1] are clipped.
func grey(x float32) uint8 { return uint8(math.Round(255 * float64(min(max(x, 0), 1)))) }

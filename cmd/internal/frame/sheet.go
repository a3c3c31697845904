package frame

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"math"

	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model"
)

// Size is that of an image, in pixels.
type Size struct{ Height, Width int }

// Sheet is a PNG picture of images side by side, without gaps, in rows.
type Sheet struct {
	Count    int    `json:"count"`
	Columns  int    `json:"columns"`
	Height   int    `json:"height"` // of an image
	Width    int    `json:"width"`
	Channels int    `json:"channels,omitempty"` // 3 for colour
	PNG      []byte `json:"png"`
}

// NewSheet draws the rows of m, from 0, black, to 1, white; three numbers a pixel are in
// colour. It is nil if they make no images of that size.
func NewSheet(m kernels.Matrix, size Size) *Sheet {
	return draw(m.Rows, m.Cols, size, func(i, j int) uint8 {
		v := m.Row(i)[j]
		if v-v != 0 {
			return 0
		}
		return uint8(float32(min(max(v, 0), 1)*255) + 0.5)
	})
}

// draw draws count images, number j of image i in the shade that it asks for.
func draw(count, numbers int, size Size, shade func(i, j int) uint8) *Sheet {
	pixels := size.Height * size.Width
	if count == 0 || pixels == 0 || numbers != pixels && numbers != 3*pixels {
		return nil
	}
	s := &Sheet{Count: count, Columns: int(math.Ceil(math.Sqrt(float64(count)))), Height: size.Height, Width: size.Width}
	lines := (count + s.Columns - 1) / s.Columns
	bounds := image.Rect(0, 0, s.Columns*size.Width, lines*size.Height)
	var canvas image.Image
	if numbers == pixels {
		grey := image.NewGray(bounds)
		s.each(func(i, j, x, y int) { grey.Pix[y*grey.Stride+x] = shade(i, j) })
		canvas = grey
	} else {
		s.Channels = 3
		coloured := image.NewNRGBA(bounds)
		s.each(func(i, j, x, y int) {
			coloured.SetNRGBA(x, y, color.NRGBA{shade(i, 3*j), shade(i, 3*j+1), shade(i, 3*j+2), 0xff})
		})
		canvas = coloured
	}
	var b bytes.Buffer
	if (&png.Encoder{CompressionLevel: png.BestSpeed}).Encode(&b, canvas) != nil {
		return nil
	}
	s.PNG = b.Bytes()
	return s
}

// each visits the pixels j of all images i, and where they are in the picture.
func (s *Sheet) each(visit func(i, j, x, y int)) {
	for i := range s.Count {
		x, y := i%s.Columns*s.Width, i/s.Columns*s.Height
		for j := range s.Height * s.Width {
			visit(i, j, x+j%s.Width, y+j/s.Width)
		}
	}
}

// Field are the weights of some units of a map, as images: the receptive fields of a
// map that leads up, what a unit adds to the image for one that leads down. A weight
// of 0 has the shade 128; the largest of a unit, of either sign, has 1 or 255. Of images
// in colour each channel has its own.
type Field struct {
	Name  string `json:"name"`
	Sheet *Sheet `json:"sheet"`
}

// shownUnits are the units of a field, evenly spaced among all.
const shownUnits = 36

// inField shows what units of m see.
func inField(name string, m model.Map, size Size) Field {
	return field(name, m.Inputs(), m.Outputs(), size, func(unit, pixel int) float32 {
		return m.Weights.Data[m.Weights.Index(1+pixel, unit)]
	})
}

// outField shows what units of m draw.
func outField(name string, m model.Map, size Size) Field {
	return field(name, m.Outputs(), m.Inputs(), size, func(unit, pixel int) float32 {
		return m.Weights.Data[m.Weights.Index(1+unit, pixel)]
	})
}

func field(name string, pixels, units int, size Size, weight func(unit, pixel int) float32) Field {
	n := min(units, shownUnits)
	largest := make([]float32, n)
	for i := range n {
		for j := range pixels {
			w := weight(i*units/n, j)
			largest[i] = max(largest[i], w, -w)
		}
	}
	return Field{name, draw(n, pixels, size, func(i, j int) uint8 {
		if largest[i] == 0 || largest[i]-largest[i] != 0 {
			return 128
		}
		return uint8(128.5 + 127*weight(i*units/n, j)/largest[i])
	})}
}

package report

import (
	"bytes"
	"image"
	"image/color"
	"image/draw"
	"image/png"

	"golang.org/x/image/font"
	"golang.org/x/image/font/basicfont"
	"golang.org/x/image/math/fixed"
)

// Picture lays small grey images out in a table with headings. Every image is
// Height x Width values from 0 (black) to 1 (white), row-major; others are
// clipped. Scale is how many dots each pixel is wide and high.
type Picture struct {
	Height, Width, Scale int
	// Columns are headings above columns of Lines' images, and Lines the rows.
	Columns []string
	Lines   []PictureLine
	// Group, if positive, sets every so many columns apart.
	Group int
}

// PictureLine is a row of images with a heading on its left. A nil image leaves
// its place empty.
type PictureLine struct {
	Name   string
	Images [][]float32
}

// Sizes in dots. The font is 7 dots wide and 13 high.
const (
	between   = 4
	groupGap  = 14
	letter    = 7
	lineSpace = 17
	margin    = 6
)

var ink, paper = color.Gray{0x20}, color.Gray{0xff}

// PNG draws the picture.
func (p Picture) PNG() ([]byte, error) {
	scale := max(p.Scale, 1)
	w, h := p.Width*scale, p.Height*scale
	left, top, columns := margin, margin, len(p.Columns)
	for _, l := range p.Lines {
		columns = max(columns, len(l.Images))
		if l.Name != "" {
			left = max(left, margin+letter*len(l.Name)+between)
		}
	}
	if len(p.Columns) > 0 {
		top += lineSpace
	}
	x := func(column int) int {
		at := left + column*(w+between)
		if p.Group > 0 {
			at += column / p.Group * groupGap
		}
		return at
	}
	right := x(max(columns, 1)-1) + w
	for i, name := range p.Columns {
		right = max(right, x(i)+letter*len(name))
	}
	canvas := image.NewGray(image.Rect(0, 0, right+margin, top+len(p.Lines)*(h+between)+margin))
	draw.Draw(canvas, canvas.Bounds(), image.NewUniform(paper), image.Point{}, draw.Src)
	for i, name := range p.Columns {
		write(canvas, x(i), margin+11, name)
	}
	for row, l := range p.Lines {
		y := top + row*(h+between)
		write(canvas, margin, y+h/2+4, l.Name)
		for i, img := range l.Images {
			if img != nil {
				p.draw(canvas, x(i), y, scale, img)
			}
		}
	}
	return EncodePNG(canvas)
}

// draw draws an image with its upper left corner at (x, y).
func (p Picture) draw(canvas *image.Gray, x, y, scale int, img []float32) {
	for i := range p.Height * scale {
		for j := range p.Width * scale {
			v := img[i/scale*p.Width+j/scale]
			canvas.SetGray(x+j, y+i, color.Gray{Y: uint8(255*min(max(v, 0), 1) + 0.5)})
		}
	}
}

// write writes text with its base line at y.
func write(canvas *image.Gray, x, y int, text string) {
	d := font.Drawer{Dst: canvas, Src: image.NewUniform(ink), Face: basicfont.Face7x13, Dot: fixed.P(x, y)}
	d.DrawString(text)
}

// EncodePNG is a picture as a PNG file.
func EncodePNG(img image.Image) ([]byte, error) {
	var b bytes.Buffer
	err := (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(&b, img)
	return b.Bytes(), err
}

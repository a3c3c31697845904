package picture

import (
	"context"
	"image"
	"image/color"
	"image/draw"
	"math"
	"slices"

	"golang.org/x/image/font"
	"golang.org/x/image/font/basicfont"
	"golang.org/x/image/math/fixed"
)

// Grid lays small images out in a table with headings. Every image is Height x Width
// values from 0 (black) to 1 (white), row-major; others are clipped. One of three
// times as many values is in colour. Scale is how many dots each pixel is wide and
// high. Where Height is 1 the values are no picture, and are drawn as bars.
type Grid struct {
	Height, Width, Scale int
	// Columns are headings above columns of Lines' images, and Lines the rows.
	Columns []string
	Lines   []Line
	// Group, if positive, sets every so many columns apart.
	Group int
	// Dark is for a picture of nothing but images: narrow dark gaps part them. A
	// page's gaps are white and wider, and hold headings.
	Dark bool
}

// Line is a row of images with a heading on its left. A nil image leaves its
// place empty.
type Line struct {
	Name     string
	Images   [][]float32
	Captions []string // below the images, if there are any
}

// style is what lies around the images, in dots, and how their values round.
type style struct {
	gap    int // between images
	margin int // around all of them
	bottom int // below the gap that follows the last line
	shade  color.Gray
	grey   func(x float32) uint8 // for a value in [0,1]
}

// The two styles round differently where 255 times the value is within an ulp of
// a half, which is one value in some 100,000. Each stays as it is, so that the
// same picture is the same file.
var (
	page = style{gap: 4, margin: 6, bottom: 6, shade: color.Gray{0xff},
		grey: func(x float32) uint8 { return uint8(float32(255*x) + 0.5) }}
	// Wide and dark enough to part images and not to be seen as part of them.
	dark = style{gap: 2, margin: 2, bottom: 0, shade: color.Gray{0x38},
		grey: func(x float32) uint8 { return uint8(math.Round(255 * float64(x))) }}
)

// Sizes in dots. The font is 7 dots wide and 13 high.
const (
	groupGap  = 14
	letter    = 7
	lineSpace = 17
)

var ink = color.Gray{0x20}

// PNG draws the grid as a PNG file, or ends early with ctx's error.
func (g Grid) PNG(ctx context.Context) ([]byte, error) {
	img, err := g.Draw(ctx)
	if err != nil {
		return nil, err
	}
	return EncodePNG(ctx, img)
}

// Draw draws the grid, or ends early with ctx's error.
func (g Grid) Draw(ctx context.Context) (draw.Image, error) {
	around := page
	if g.Dark {
		around = dark
	}
	g = g.withShortHeadings()
	place := cell{height: g.Height, width: g.Width, scale: g.Scale}
	place.colour = slices.ContainsFunc(g.Lines, func(l Line) bool { return slices.ContainsFunc(l.Images, place.coloured) })
	w, h := place.size()
	left, top, columns := around.margin, around.margin, len(g.Columns)
	for _, l := range g.Lines {
		columns = max(columns, len(l.Images))
		if l.Name != "" {
			left = max(left, around.margin+letter*len(l.Name)+around.gap)
		}
	}
	if len(g.Columns) > 0 {
		top += lineSpace
	}
	step := w
	for _, name := range g.Columns {
		step = max(step, letter*len(name))
	}
	for _, l := range g.Lines {
		for _, caption := range l.Captions {
			step = max(step, letter*len(caption))
		}
	}
	x := func(column int) int {
		at := left + column*(step+around.gap)
		if g.Group > 0 {
			at += column / g.Group * groupGap
		}
		return at
	}
	right := x(max(columns, 1)-1) + step
	bottom := top
	for _, l := range g.Lines {
		bottom += l.height(h) + around.gap
	}
	bounds := image.Rect(0, 0, right+around.margin, bottom+around.bottom)
	var canvas draw.Image = image.NewGray(bounds)
	if place.colour {
		canvas = image.NewRGBA(bounds)
	}
	draw.Draw(canvas, canvas.Bounds(), image.NewUniform(around.shade), image.Point{}, draw.Src)
	for i, name := range g.Columns {
		write(canvas, x(i), around.margin+11, name)
	}
	y := top
	for _, l := range g.Lines {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		write(canvas, around.margin, y+h/2+4, l.Name)
		for i, img := range l.Images {
			if img != nil {
				place.draw(canvas, x(i), y, img, around.grey)
			}
		}
		for i, caption := range l.Captions {
			write(canvas, x(i), y+h+12, caption)
		}
		y += l.height(h) + around.gap
	}
	return canvas, nil
}

// longestHeading is the most letters of a heading. What is shown stands under the name of a class, which may be a whole text.
const longestHeading = 40

// withShortHeadings is g with the beginnings of headings that are too long.
func (g Grid) withShortHeadings() Grid {
	short := func(name string) string {
		if letters := []rune(name); len(letters) > longestHeading {
			return string(letters[:longestHeading-3]) + "..."
		}
		return name
	}
	g.Columns, g.Lines = slices.Clone(g.Columns), slices.Clone(g.Lines)
	for i := range g.Columns {
		g.Columns[i] = short(g.Columns[i])
	}
	for i := range g.Lines {
		g.Lines[i].Name = short(g.Lines[i].Name)
	}
	return g
}

// height is the line's, with images of height h.
func (l Line) height(h int) int {
	if len(l.Captions) > 0 {
		return h + lineSpace
	}
	return h
}

// write writes text with its base line at y.
func write(canvas draw.Image, x, y int, text string) {
	d := font.Drawer{Dst: canvas, Src: image.NewUniform(ink), Face: basicfont.Face7x13, Dot: fixed.P(x, y)}
	d.DrawString(text)
}

// Scale makes small images large enough to be seen, and for a heading, and none of them higher than a screen.
func Scale(height, width int) int {
	const screen = 1024
	return max(1, min((64+width/2)/width, screen/height))
}

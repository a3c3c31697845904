package picture

import (
	"image"
	"image/color"
	"image/draw"
	"math"
	"strconv"
)

// Curve is a figure over the epochs from 1.
type Curve struct {
	Name   string
	Values []float64
}

// The size of a curve's panel, in dots, and the panels side by side.
const (
	panelWidth, panelHeight = 300, 150
	panelsAcross            = 2
)

// Curves draws each curve in a panel of its own, with its range and its last value.
// It takes a millisecond or two: a training may draw them after each epoch.
func Curves(curves []Curve) *image.Gray {
	down := (len(curves) + panelsAcross - 1) / panelsAcross
	gap := 2 * page.margin
	canvas := image.NewGray(image.Rect(0, 0, gap+panelsAcross*(panelWidth+gap), gap+down*(panelHeight+gap)))
	draw.Draw(canvas, canvas.Bounds(), image.NewUniform(page.shade), image.Point{}, draw.Src)
	for i, c := range curves {
		c.draw(canvas, image.Pt(gap+i%panelsAcross*(panelWidth+gap), gap+i/panelsAcross*(panelHeight+gap)))
	}
	return canvas
}

// draw draws a panel with its upper left corner at p.
func (c Curve) draw(canvas *image.Gray, p image.Point) {
	plot := image.Rect(p.X, p.Y+lineSpace, p.X+panelWidth, p.Y+panelHeight-lineSpace)
	draw.Draw(canvas, plot, image.NewUniform(color.Gray{0xf2}), image.Point{}, draw.Src)
	low, high := math.Inf(1), math.Inf(-1)
	for _, v := range c.Values {
		if v-v == 0 {
			low, high = min(low, v), max(high, v)
		}
	}
	if low > high {
		write(canvas, p.X, p.Y+12, c.Name)
		return
	}
	text := func(v float64) string { return strconv.FormatFloat(v, 'g', 4, 64) }
	last := c.Values[len(c.Values)-1]
	write(canvas, p.X, p.Y+12, c.Name+"  "+text(last))
	ends := text(low) + " to " + text(high)
	write(canvas, plot.Max.X-letter*len(ends), p.Y+12, ends)
	write(canvas, p.X, plot.Max.Y+12, "1")
	epochs := strconv.Itoa(len(c.Values))
	write(canvas, plot.Max.X-letter*len(epochs), plot.Max.Y+12, epochs)
	at := func(i int) image.Point {
		x := float64(i) / float64(max(len(c.Values)-1, 1))
		y := Level(c.Values[i], low, high)
		return image.Pt(plot.Min.X+2+int(x*float64(plot.Dx()-5)), plot.Max.Y-4-int(y*float64(plot.Dy()-8)))
	}
	for i, v := range c.Values {
		switch {
		case v-v != 0:
		case i > 0 && c.Values[i-1]-c.Values[i-1] == 0:
			line(canvas, at(i-1), at(i))
		default:
			line(canvas, at(i), at(i))
		}
	}
}

// Level is where a value lies between the lowest, 0, and the highest, 1, which may be as far apart
// as there are numbers. Where they are the same it is 0.
func Level(x, low, high float64) float64 {
	if high <= low {
		return 0
	}
	if d := high - low; d-d == 0 {
		return (x - low) / d
	}
	return (x/2 - low/2) / (high/2 - low/2)
}

// line draws a line of two dots' width.
func line(canvas *image.Gray, from, to image.Point) {
	steps := max(abs(to.X-from.X), abs(to.Y-from.Y), 1)
	for i := range steps + 1 {
		x, y := from.X+(to.X-from.X)*i/steps, from.Y+(to.Y-from.Y)*i/steps
		for d := range 2 {
			canvas.SetGray(x, y+d, ink)
			canvas.SetGray(x+1, y+d, ink)
		}
	}
}

func abs(n int) int { return max(n, -n) }

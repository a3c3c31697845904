package picture

import (
	"image/color"
	"image/draw"
)

// barHeight is the height of a bar for the value 1, in dots, and most of them are so
// wide that all fit in barsWidth. More than widestBars share dots: each is the mean of some.
const (
	barHeight  = 48
	barsWidth  = 96
	widestBars = 4096
)

// cell is where an image of height x width pixels or of a row of numbers is drawn.
type cell struct {
	height, width, scale int
	colour               bool // the image, or another of the grid, has three channels
}

// bars tells whether the values of an image are drawn as bars. Those of one in colour are pixels of three each.
func (c cell) bars() bool { return c.height == 1 && c.width > 1 && !c.colour }

// size is how many dots an image takes.
func (c cell) size() (w, h int) {
	if c.bars() {
		return min(c.width*barWidth(c.width), widestBars), barHeight
	}
	return c.width * max(c.scale, 1), c.height * max(c.scale, 1)
}

// coloured tells whether an image has three channels.
func (c cell) coloured(img []float32) bool { return len(img) == 3*c.height*c.width }

// barWidth is that of one of so many bars.
func barWidth(bars int) int { return max(1, barsWidth/bars) }

// draw draws an image with its upper left corner at (x, y).
func (c cell) draw(canvas draw.Image, x, y int, img []float32, grey func(float32) uint8) {
	at := func(i int) uint8 { return grey(min(max(img[i], 0), 1)) }
	w, h := c.size()
	if c.bars() {
		for j := range w {
			first := j * c.width / w
			value := mean(img[first:max(first+1, (j+1)*c.width/w)])
			top := h - 1 - int(grey(min(max(value, 0), 1)))*(h-1)/255
			for i := range h {
				shade := barPaper
				if i >= top {
					shade = barInk
				}
				canvas.Set(x+j, y+i, shade)
			}
		}
		return
	}
	scale := max(c.scale, 1)
	coloured := c.coloured(img)
	for i := range h {
		for j := range w {
			pixel := i/scale*c.width + j/scale
			if coloured {
				canvas.Set(x+j, y+i, color.RGBA{at(3 * pixel), at(3*pixel + 1), at(3*pixel + 2), 0xff})
			} else {
				canvas.Set(x+j, y+i, color.Gray{Y: at(pixel)})
			}
		}
	}
}

func mean(values []float32) float32 {
	sum := 0.0
	for _, v := range values {
		sum += float64(v)
	}
	return float32(sum / float64(len(values)))
}

var barInk, barPaper = color.Gray{0x50}, color.Gray{0xf0}

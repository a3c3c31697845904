package picture

import (
	"image"
	"image/color"
	"image/draw"
	"strconv"
)

// square is the side of a confusion matrix's squares, in dots: room for five digits.
const square = 40

// Confusion draws a confusion matrix: row i, column j is the number of images of
// class i that were taken for class j. A square is the darker, the larger its share
// of the row.
func Confusion(counts [][]int) *image.Gray {
	left, top := page.margin+4*letter, page.margin+2*lineSpace
	size := len(counts) * square
	canvas := image.NewGray(image.Rect(0, 0, left+size+page.margin, top+size+page.margin))
	draw.Draw(canvas, canvas.Bounds(), image.NewUniform(page.shade), image.Point{}, draw.Src)
	write(canvas, page.margin, page.margin+11, "label, and as what it was seen")
	for i, row := range counts {
		write(canvas, page.margin, top+i*square+square/2+4, strconv.Itoa(i))
		write(canvas, left+i*square+square/2-letter/2, top-5, strconv.Itoa(i))
		total := 0
		for _, n := range row {
			total += n
		}
		for j, n := range row {
			share := float64(n) / float64(max(total, 1))
			at := image.Rect(left+j*square, top+i*square, left+(j+1)*square-1, top+(i+1)*square-1)
			draw.Draw(canvas, at, image.NewUniform(color.Gray{Y: uint8(0xf4 - float64(0x64*share))}), image.Point{}, draw.Src)
			if n > 0 {
				text := strconv.Itoa(n)
				write(canvas, left+j*square+(square-letter*len(text))/2, top+i*square+square/2+4, text)
			}
		}
	}
	return canvas
}

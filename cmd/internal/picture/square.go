package picture

import (
	"math"

	"github.com/targetprop/targetprop/kernels"
)

// Square lays the rows of m out in lines, so that a picture of them is as
// square as can be.
func Square(m kernels.Matrix, height, width int) []Line {
	w, h := cell{height: height, width: width, colour: m.Cols == 3*height*width}.size()
	columns := squareColumns(m.Rows, h, w)
	var lines []Line
	for first := 0; first < m.Rows; first += columns {
		var line Line
		for i := first; i < min(first+columns, m.Rows); i++ {
			line.Images = append(line.Images, m.Row(i))
		}
		lines = append(lines, line)
	}
	return lines
}

// squareColumns is the number of images side by side.
func squareColumns(n, height, width int) int {
	columns := int(math.Ceil(math.Sqrt(float64(n) * float64(height+dark.gap) / float64(width+dark.gap))))
	return min(max(columns, 1), max(n, 1))
}

package picture

import (
	"strconv"

	"github.com/targetprop/targetprop/kernels"
)

// OfClasses is a grid with a line of images for each class: row i of m is of class
// classes[i]. Images of a class stand in their order.
func OfClasses(m kernels.Matrix, classes []int, height, width int) Grid {
	g := Grid{Height: height, Width: width, Scale: 1}
	lines := map[int]int{}
	for i, class := range classes {
		line, ok := lines[class]
		if !ok {
			line = len(g.Lines)
			lines[class] = line
			g.Lines = append(g.Lines, Line{Name: strconv.Itoa(class)})
		}
		g.Lines[line].Images = append(g.Lines[line].Images, m.Row(i))
	}
	return g
}

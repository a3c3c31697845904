package fill

import (
	"context"
	"math"

	"github.com/targetprop/targetprop/cmd/internal/picture"
)

// headings stand above the images of [Images.Triple].
var headings = []string{"original", "start", "result"}

// Triple is image i as it was, with noise for the missing pixels, and filled in.
func (f Images) Triple(i int) [][]float32 {
	return [][]float32{f.Original.Row(i), f.Start.Row(i), f.Result.Row(i)}
}

// CheckShown fails if the picture of so many triples, for which a flag asks, is too large.
func CheckShown(flag string, show, height, width int) error {
	return picture.CheckShown(flag, show, height, width, picture.Scale(height, width), len(headings))
}

// NewGrid is a grid with so many triples side by side, without lines.
func NewGrid(triples, height, width int) picture.Grid {
	g := picture.Grid{Height: height, Width: width, Scale: picture.Scale(height, width), Group: len(headings)}
	for range triples {
		g.Columns = append(g.Columns, headings...)
	}
	return g
}

// Picture shows the first images.
func (f Images) Picture(ctx context.Context, show, height, width int) ([]byte, error) {
	show = min(show, f.Original.Rows)
	triples := max(1, int(math.Ceil(math.Sqrt(float64(show)/float64(len(headings))))))
	g := NewGrid(min(triples, show), height, width)
	for i := range show {
		if i%triples == 0 {
			g.Lines = append(g.Lines, picture.Line{})
		}
		line := &g.Lines[len(g.Lines)-1]
		line.Images = append(line.Images, f.Triple(i)...)
	}
	return g.PNG(ctx)
}

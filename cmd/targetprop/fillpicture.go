package main

import (
	"math"

	doc "github.com/targetprop/targetprop/internal/report"
)

// picture shows the first images: original, start and result side by side.
func (f filledImages) picture(show, height, width int) ([]byte, error) {
	show = min(show, f.original.Rows)
	headings := []string{"original", "start", "result"}
	groups := max(1, int(math.Ceil(math.Sqrt(float64(show)/float64(len(headings))))))
	p := doc.Picture{Height: height, Width: width, Scale: pictureScale(width), Group: len(headings)}
	for range min(groups, show) {
		p.Columns = append(p.Columns, headings...)
	}
	for i := range show {
		if i%groups == 0 {
			p.Lines = append(p.Lines, doc.PictureLine{})
		}
		line := &p.Lines[len(p.Lines)-1]
		line.Images = append(line.Images, f.original.Row(i), f.start.Row(i), f.result.Row(i))
	}
	return p.PNG()
}

// pictureScale makes small images large enough to be seen, and for a heading.
func pictureScale(width int) int { return max(1, (64+width/2)/width) }

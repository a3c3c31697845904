package classification

import (
	"context"
	"fmt"
	"math"

	"github.com/targetprop/targetprop/cmd/internal/picture"
)

// ConfusionPicture is the confusion matrix as a PNG picture.
func (c Classification) ConfusionPicture(ctx context.Context) ([]byte, error) {
	return picture.EncodePNG(ctx, picture.Confusion(c.Confusion()))
}

// MistakesPicture shows the worst mistakes, up to so many. Below each stands its
// label and what the model takes it for.
func (c Classification) MistakesPicture(ctx context.Context, show int) ([]byte, error) {
	wrong := c.Mistakes()
	wrong = wrong[:min(show, len(wrong))]
	g := picture.Grid{Height: c.Images.Height, Width: c.Images.Width, Scale: picture.Scale(c.Images.Height, c.Images.Width)}
	columns := max(1, int(math.Ceil(math.Sqrt(float64(len(wrong))))))
	for i, image := range wrong {
		if i%columns == 0 {
			g.Lines = append(g.Lines, picture.Line{})
		}
		line := &g.Lines[len(g.Lines)-1]
		pixels := make([]float32, c.Images.Dim())
		c.Images.Read(image, pixels)
		line.Images = append(line.Images, pixels)
		line.Captions = append(line.Captions, fmt.Sprintf("%d as %d", c.Images.Labels[image], c.Predicted[image]))
	}
	return g.PNG(ctx)
}

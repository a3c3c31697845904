// Package classification measures how well a model tells classes apart, and shows
// where it does not.
package classification

import (
	"context"
	"fmt"
	"slices"

	"github.com/targetprop/targetprop/cmd/internal/data"
	"github.com/targetprop/targetprop/cmd/internal/modelfile"
	"github.com/targetprop/targetprop/dataset"
	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model"
	"github.com/targetprop/targetprop/model/feedforward"
)

// Classification is what a model made of labelled images.
type Classification struct {
	Images    dataset.Images
	Outputs   kernels.Matrix // a row an image, a column a class
	Predicted []int          // the class of the largest output
}

// Classify has the model classify images. It fails if a label is none of its
// classes, or if the model has diverged.
func Classify(ctx context.Context, e *kernels.Engine, m modelfile.Classifier, images dataset.Images, progress func(done int)) (Classification, error) {
	for i, label := range images.Labels {
		if int(label) >= m.Classes {
			return Classification{}, fmt.Errorf("image %d has the label %d, and the model %s knows the classes 0 to %d", i, label, m.Path, m.Classes-1)
		}
	}
	y, err := m.Predict(ctx, e, images, progress)
	if err != nil {
		return Classification{}, err
	}
	if !data.Finite(y) {
		return Classification{}, fmt.Errorf("%s: %w", m.Path, model.ErrDiverged)
	}
	return Classification{images, y, feedforward.Classes(y)}, nil
}

// Labelled tells whether the images have labels to compare with.
func (c Classification) Labelled() bool { return c.Images.Labels != nil }

// Confusion has the number of images of class i that were taken for class j in row
// i, column j.
func (c Classification) Confusion() [][]int {
	counts := make([][]int, c.Outputs.Cols)
	for i := range counts {
		counts[i] = make([]int, c.Outputs.Cols)
	}
	for i, label := range c.Images.Labels {
		counts[label][c.Predicted[i]]++
	}
	return counts
}

// Mistakes are the images that were taken for another class, the worst first: those
// on which the output of the class that they were taken for exceeds that of their
// own by most.
func (c Classification) Mistakes() []int {
	var wrong []int
	for i, label := range c.Images.Labels {
		if c.Predicted[i] != int(label) {
			wrong = append(wrong, i)
		}
	}
	excess := func(i int) float32 {
		return c.Outputs.Row(i)[c.Predicted[i]] - c.Outputs.Row(i)[c.Images.Labels[i]]
	}
	slices.SortStableFunc(wrong, func(a, b int) int {
		switch x, y := excess(a), excess(b); {
		case x > y:
			return -1
		case x < y:
			return 1
		}
		return 0
	})
	return wrong
}

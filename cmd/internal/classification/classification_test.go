package classification

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/targetprop/targetprop/cmd/internal/modelfile"
	"github.com/targetprop/targetprop/dataset"
	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model"
)

// outputs are those of a made-up model of three classes, by hand: images 1 and 4 are
// taken for others, 4 by more.
var outputs = []float32{
	0.5, 0.25, 0.25,
	0.25, 0.5, 0.25,
	0, 0, 1,
	0.5, 0.5, 0,
	0, 0.125, 0.875,
}

func classify(t *testing.T, labels []uint8) (Classification, error) {
	t.Helper()
	e := kernels.Default()
	m := modelfile.Classifier{Classes: 3, Predict: func(context.Context, *kernels.Engine, model.Data, func(int)) (kernels.Matrix, error) {
		return kernels.Matrix{Rows: 5, Cols: 3, Stride: 3, Data: outputs}, nil
	}}
	images := dataset.Images{Height: 1, Width: 2, Pixels: make([]byte, 10), Labels: labels}
	return Classify(t.Context(), e, m, images, nil)
}

func TestClassify(t *testing.T) {
	c, err := classify(t, []uint8{0, 2, 2, 0, 0})
	if err != nil {
		t.Fatal(err)
	}
	if want := []int{0, 1, 2, 0, 2}; !slices.Equal(c.Predicted, want) {
		t.Errorf("predicted %v, want %v", c.Predicted, want)
	}
	if got := c.Mistakes(); !slices.Equal(got, []int{4, 1}) {
		t.Errorf("mistakes %v, want 4 and then 1", got)
	}
	want := [][]int{{2, 0, 1}, {0, 0, 0}, {0, 1, 1}}
	for i, row := range c.Confusion() {
		if !slices.Equal(row, want[i]) {
			t.Errorf("row %d of the matrix is %v, want %v", i, row, want[i])
		}
	}
	r := c.Report(modelfile.Classifier{Task: modelfile.Reward}, "x", "test")
	if *r.Accuracy != 0.6 {
		t.Errorf("accuracy %v", *r.Accuracy)
	}
	var text strings.Builder
	if err := r.WriteCSV(t.Context(), &text); err != nil || !strings.HasPrefix(text.String(), "image,label,predicted,q0,q1,q2\n0,0,0,0.5,0.25,0.25\n1,2,1,") {
		t.Errorf("CSV %s, %v", text.String(), err)
	}
	if _, err := classify(t, []uint8{0, 3, 0, 0, 0}); err == nil || !strings.Contains(err.Error(), "image 1 has the label 3") {
		t.Errorf("a label that is no class: %v", err)
	}
}

// TestNoMistakes: a picture of none is a picture.
func TestNoMistakes(t *testing.T) {
	c, err := classify(t, []uint8{0, 1, 2, 0, 2})
	if err != nil {
		t.Fatal(err)
	}
	if content, err := c.MistakesPicture(t.Context(), 9); err != nil || len(c.Mistakes()) != 0 || !strings.HasPrefix(string(content), "\x89PNG") {
		t.Errorf("%d mistakes, %v", len(c.Mistakes()), err)
	}
}

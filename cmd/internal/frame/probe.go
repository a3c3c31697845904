package frame

import (
	"github.com/targetprop/targetprop/cmd/internal/data"
	"github.com/targetprop/targetprop/dataset"
	"github.com/targetprop/targetprop/kernels"
)

// labelledProbes are images with their labels.
type labelledProbes struct {
	kernels.Matrix
	labels []uint8
}

// ofEachClass are the first images of each class, n of all, in their order. Without
// labels they are the first.
func ofEachClass(images dataset.Images, n, classes int) labelledProbes {
	share, had := (n+classes-1)/classes, make([]int, classes)
	var chosen []int
	for i := range images.Len() {
		if class := int(images.Labels[i]); class < classes && had[class] < share {
			had[class]++
			chosen = append(chosen, i)
		}
	}
	p := labelledProbes{Matrix: kernels.NewMatrix(len(chosen), images.Dim())}
	for row, i := range chosen {
		images.Read(i, p.Row(row))
		p.labels = append(p.labels, images.Labels[i])
	}
	return p
}

// Probes are the images whose reconstructions a frame shows, and their labels if
// there are any.
func Probes(images dataset.Images, classes int, a Amounts) (shown kernels.Matrix, labels []uint8) {
	if classes > 0 && images.Labels != nil {
		p := ofEachClass(images, a.Probes, classes)
		n := min(shownProbes, p.Rows)
		return p.Slice(0, n), p.labels[:n]
	}
	n := min(shownProbes, images.Len())
	if images.Labels != nil {
		labels = images.Labels[:n]
	}
	shown = data.First(images, n)
	show(images.Scale, shown)
	return shown, labels
}

// show makes images as a network reads them images from 0, black, to 1, white.
func show(scale *dataset.Scale, images kernels.Matrix) {
	for i := range images.Rows {
		scale.Show(images.Row(i))
	}
}

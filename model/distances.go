package model

import (
	"context"

	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model/internal/linalg"
)

// distances finds the squared distances from examples to a fixed set of points.
// With |p|^2/-2 as the bias of an affine map whose weights are the points, its
// output on t is t.p - |p|^2/2, and |t - p|^2 = |t|^2 - 2 times that.
type distances struct {
	points kernels.Packed
}

// newDistances takes the points from the rows of m.
func newDistances(m kernels.Matrix) *distances {
	d := &distances{points: kernels.NewPacked(m.Cols+1, m.Rows)}
	d.points.PackTransposed(1, m)
	for i := range m.Rows {
		d.points.Data[d.points.Index(0, i)] = float32(-0.5 * linalg.Dot(m.Row(i), m.Row(i)))
	}
	return d
}

// distanceChunk is the number of examples whose distances are held at a time.
const distanceChunk = 256

// each calls visit, on several goroutines at once, with each example's number
// and its squared distance to every point. visit may overwrite them but not
// keep them. It calls progress, if that is not nil, with the examples done.
func (d *distances) each(ctx context.Context, e *kernels.Engine, data Data, progress func(done int), visit func(i int, square []float32)) error {
	x := kernels.NewMatrix(distanceChunk, data.Dim())
	out := kernels.NewMatrix(distanceChunk, d.points.Cols)
	for first := 0; first < data.Len(); first += distanceChunk {
		if err := ctx.Err(); err != nil {
			return err
		}
		b := min(distanceChunk, data.Len()-first)
		for i := range b {
			data.Read(first+i, x.Row(i))
		}
		e.Affine(out.Slice(0, b), kernels.Identity, x.Slice(0, b), d.points)
		e.Each(b, func(i int) {
			length := float32(linalg.Dot(x.Row(i), x.Row(i)))
			square := out.Row(i)
			for j, z := range square {
				square[j] = max(length-2*z, 0)
			}
			visit(first+i, square)
		})
		if progress != nil {
			progress(first + b)
		}
	}
	return nil
}

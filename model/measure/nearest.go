package measure

import (
	"context"
	"fmt"
	"math"

	"github.com/targetprop/targetprop/internal/memory"
	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model"
	"github.com/targetprop/targetprop/model/internal/rows"
)

// pointsAtATime is how many points the examples are compared with at a time.
// With 784 numbers each they take 25 MB.
const pointsAtATime = 8192

// eachBlock calls visit with the points in order, pointsAtATime of them at a
// time. Row 0 of a block is point first. visit makes so many copies of a block, for which there must be memory.
func eachBlock(ctx context.Context, points model.Data, copies int, visit func(first int, block kernels.Matrix) error) error {
	most := min(pointsAtATime, points.Len())
	if err := memory.Check(fmt.Sprintf("model: to compare with %d examples of %d numbers at a time", most, points.Dim()), float64(1+copies)*memory.Rows(float64(most), points.Dim())); err != nil {
		return err
	}
	block := kernels.NewMatrix(most, points.Dim())
	return rows.Chunks(ctx, points.Len(), pointsAtATime, nil, func(lo, hi int) error {
		b := block.Slice(0, hi-lo)
		if err := rows.Load(b, points, lo); err != nil {
			return err
		}
		return visit(lo, b)
	})
}

// nearestSquares is the squared distance from each example to the nearest of
// the points. It calls progress, if that is not nil, with the pairs compared, of
// data.Len()*points.Len().
func nearestSquares(ctx context.Context, e *kernels.Engine, data, points model.Data, progress func(done int)) ([]float32, error) {
	if err := memory.Check(fmt.Sprintf("model: to hold the distances of %d examples", data.Len()), 12*float64(data.Len())); err != nil {
		return nil, err
	}
	nearest := make([]float32, data.Len()) // beside which the caller has their roots
	for i := range nearest {
		nearest[i] = float32(math.Inf(1))
	}
	const copies = 2 // of a block: centred, and packed
	err := eachBlock(ctx, points, copies, func(first int, block kernels.Matrix) error {
		count := func(done int) {
			if progress != nil {
				progress(first*data.Len() + done*block.Rows)
			}
		}
		near, err := newDistances(block, data)
		if err != nil {
			return err
		}
		return near.each(ctx, e, data, count, func(i int, square []float32) {
			for _, s := range square {
				nearest[i] = min(nearest[i], s)
			}
		})
	})
	return nearest, err
}

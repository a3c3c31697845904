package model

import (
	"context"
	"math"

	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model/internal/rows"
)

// pointBlock is the number of points that others are compared with at a time:
// with 784 numbers each, 25 MB.
const pointBlock = 8192

// eachBlock calls visit with the examples in order, pointBlock at a time.
func eachBlock(ctx context.Context, data Data, visit func(first int, block kernels.Matrix) error) error {
	block := kernels.NewMatrix(min(pointBlock, data.Len()), data.Dim())
	for first := 0; first < data.Len(); first += pointBlock {
		if err := ctx.Err(); err != nil {
			return err
		}
		b := block.Slice(0, min(pointBlock, data.Len()-first))
		rows.Read(b, data, first)
		if err := visit(first, b); err != nil {
			return err
		}
	}
	return nil
}

// nearestSquares is the squared distance from each example to the nearest of
// the points. It calls progress, if that is not nil, with the pairs compared, of
// data.Len()*points.Len().
func nearestSquares(ctx context.Context, e *kernels.Engine, data, points Data, progress func(done int)) ([]float32, error) {
	nearest := make([]float32, data.Len())
	for i := range nearest {
		nearest[i] = float32(math.Inf(1))
	}
	err := eachBlock(ctx, points, func(first int, block kernels.Matrix) error {
		count := func(done int) {
			if progress != nil {
				progress(first*data.Len() + done*block.Rows)
			}
		}
		return newDistances(block).each(ctx, e, data, count, func(i int, square []float32) {
			for _, s := range square {
				nearest[i] = min(nearest[i], s)
			}
		})
	})
	return nearest, err
}

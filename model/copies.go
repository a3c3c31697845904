package model

import (
	"context"
	"fmt"
	"math"
	"slices"

	"github.com/targetprop/targetprop/kernels"
)

// Copies tells how many samples of a model are near copies of the examples that
// it learned from. Distances are Euclidean.
type Copies struct {
	// Share of the samples that are nearer than Threshold to an example.
	Share float64
	// Threshold is the 1st percentile of the distances from held-out examples
	// to the nearest example: 1 % of honest examples are as near. So a share
	// of 1 % is what a perfect model has.
	Threshold float64
	// Median and HeldOutMedian are the median distances of samples and of
	// held-out examples to the nearest example. Means of a model are smoother
	// than examples and for that reason alone nearer to all of them: a large
	// share tells copies only where the samples are as crisp as examples.
	Median, HeldOutMedian float64
}

// copyPercentile sets the threshold of [EstimateCopies].
const copyPercentile = 0.01

// EstimateCopies compares samples, one a row, and held-out examples with all
// examples that the model learned from. It calls progress, if that is not nil,
// with the pairs compared, of (samples.Rows + heldOut.Len())*train.Len().
func EstimateCopies(ctx context.Context, e *kernels.Engine, samples kernels.Matrix, train, heldOut Data, progress func(done int)) (Copies, error) {
	if samples.Rows < 1 || train.Len() < 1 || heldOut.Len() < 1 {
		return Copies{}, fmt.Errorf("model: copies among %d samples of %d examples by %d held out: want at least 1 of each", samples.Rows, train.Len(), heldOut.Len())
	}
	if train.Dim() != samples.Cols || heldOut.Dim() != samples.Cols {
		return Copies{}, fmt.Errorf("model: copies among samples of %d numbers of examples of %d by held-out ones of %d", samples.Cols, train.Dim(), heldOut.Dim())
	}
	before := 0
	distances := func(data Data) ([]float64, error) {
		start := before
		before += data.Len() * train.Len()
		squares, err := nearestSquares(ctx, e, data, train, func(done int) {
			if progress != nil {
				progress(start + done)
			}
		})
		sorted := make([]float64, len(squares))
		for i, s := range squares {
			sorted[i] = math.Sqrt(float64(s))
		}
		slices.Sort(sorted)
		return sorted, err
	}
	honest, err := distances(heldOut)
	if err != nil {
		return Copies{}, err
	}
	sampled, err := distances(Rows{samples})
	if err != nil {
		return Copies{}, err
	}
	c := Copies{Threshold: quantile(honest, copyPercentile), Median: quantile(sampled, 0.5), HeldOutMedian: quantile(honest, 0.5)}
	below, _ := slices.BinarySearch(sampled, c.Threshold)
	c.Share = float64(below) / float64(len(sampled))
	return c, nil
}

// quantile interpolates linearly between the order statistics of sorted numbers,
// of which the first is quantile 0 and the last quantile 1 (Hyndman and Fan 1996,
// type 7).
func quantile(sorted []float64, q float64) float64 {
	at := q * float64(len(sorted)-1)
	i := int(at)
	if i+1 == len(sorted) {
		return sorted[i]
	}
	part := at - float64(i)
	return float64(sorted[i]*(1-part)) + float64(sorted[i+1]*part)
}

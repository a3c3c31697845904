package measure

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
	"sort"

	"github.com/targetprop/targetprop/internal/stat"
	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model"
	"github.com/targetprop/targetprop/model/internal/rows"
)

// CopyThreshold tells how near honest examples are to those that a model
// learned from. Distances are Euclidean, to the nearest example.
type CopyThreshold struct {
	// Distance is the 1st percentile of the distances of held-out examples.
	Distance float64
	Median   float64 // of their distances
}

// copyPercentile sets the distance of [EstimateCopyThreshold].
const copyPercentile = 0.01

// EstimateCopyThreshold compares held-out examples with all examples that the
// model learned from. It calls progress, if that is not nil, with the pairs
// compared, of heldOut.Len()*train.Len().
func EstimateCopyThreshold(ctx context.Context, e *kernels.Engine, train, heldOut model.Data, progress func(done int)) (CopyThreshold, error) {
	distances, err := nearestDistances(ctx, e, heldOut, train, progress)
	if err != nil {
		return CopyThreshold{}, err
	}
	return CopyThreshold{Distance: stat.Quantile(distances, copyPercentile), Median: stat.Quantile(distances, 0.5)}, nil
}

// Copies tells how many samples are near copies of the examples that their
// model learned from.
type Copies struct {
	// Share is that of the samples that are as near to an example as the
	// threshold, or nearer. A perfect model has 1 %, since 1 % of honest examples are as
	// near.
	Share float64
	// Median is the samples' median distance to the nearest example. The means
	// of a model are smoother than examples, and for that reason alone nearer
	// to all of them. So a large share tells of copies only where the median is
	// not far below that of the threshold.
	Median float64
}

// EstimateCopies compares samples, one a row, with all examples that the model
// learned from. It calls progress, if that is not nil, with the pairs compared,
// of samples.Rows*train.Len().
func EstimateCopies(ctx context.Context, e *kernels.Engine, samples kernels.Matrix, train model.Data, threshold CopyThreshold, progress func(done int)) (Copies, error) {
	if !(threshold.Distance >= 0 && threshold.Distance <= math.MaxFloat64) {
		return Copies{}, fmt.Errorf("model: a threshold of copies at a distance of %v: want a finite number, 0 or more", threshold.Distance)
	}
	distances, err := nearestDistances(ctx, e, model.Rows{Matrix: samples}, train, progress)
	if err != nil {
		return Copies{}, err
	}
	// As near as the threshold counts too: where the same examples are among those that the
	// model learned from and those that were held out, it is the distance of a copy.
	// Equal rows are apart by 0.
	below := sort.Search(len(distances), func(i int) bool { return distances[i] > threshold.Distance })
	return Copies{Share: float64(below) / float64(len(distances)), Median: stat.Quantile(distances, 0.5)}, nil
}

// nearestDistances are the distances from the examples of data to the nearest of
// points, sorted.
func nearestDistances(ctx context.Context, e *kernels.Engine, data, points model.Data, progress func(done int)) ([]float64, error) {
	data, errData := rows.Fix(data)
	points, errPoints := rows.Fix(points)
	if err := cmp.Or(errData, errPoints); err != nil {
		return nil, err
	}
	if data.Len() < 1 || points.Len() < 1 || data.Dim() != points.Dim() {
		return nil, fmt.Errorf("model: distances from %d examples of %d numbers to %d of %d", data.Len(), data.Dim(), points.Len(), points.Dim())
	}
	squares, err := nearestSquares(ctx, e, data, points, progress)
	if err != nil {
		return nil, err
	}
	distances := make([]float64, len(squares))
	for i, s := range squares {
		distances[i] = math.Sqrt(float64(s))
	}
	slices.Sort(distances)
	return distances, nil
}

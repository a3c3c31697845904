package measure

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"

	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model"
)

// PrecisionRecall compares samples with real examples by the volumes that the two
// sets fill (Kynkäänniemi et al. 2019, "Improved precision and recall metric for
// assessing generative models", Eqs. 1 and 2). The volume of a set is the union
// of balls, one round each member, that reach to the member's k-th nearest
// neighbour in the set.
type PrecisionRecall struct {
	// Precision is the share of the samples in the volume of the real
	// examples: how many look real.
	Precision float64
	// Recall is the share of the real examples in the volume of the samples:
	// how much of the variety is there.
	Recall float64
}

// PrecisionNeighbours is the k of Kynkäänniemi et al.
const PrecisionNeighbours = 3

// EstimatePrecisionRecall measures samples against real examples, one a row. It
// calls progress, if that is not nil, with the pairs of rows compared, of
// (real.Rows + samples.Rows)^2.
//
// Distances are Euclidean, between the rows themselves. Where the paper has the
// features of a network, images have their pixels. The means of a model are
// smoother than images and lie between them in pixels. That alone raises
// precision and lowers recall.
//
// The measures depend on how many rows there are, so that only equal numbers
// compare. The paper takes as many samples as real examples.
//
// Squared distances are computed in float32 with a relative error of about 1e-4 at most, or 2e-3 between
// images of one grey each, and far less where they are not much smaller than others are: see distances.
func EstimatePrecisionRecall(ctx context.Context, e *kernels.Engine, real, samples kernels.Matrix, k int, progress func(done int)) (PrecisionRecall, error) {
	if k < 1 || real.Rows <= k || samples.Rows <= k {
		return PrecisionRecall{}, fmt.Errorf("model: neighbour %d among %d real examples and %d samples: want at least 1, and more of both", k, real.Rows, samples.Rows)
	}
	if real.Cols != samples.Cols {
		return PrecisionRecall{}, fmt.Errorf("model: precision and recall of samples of %d numbers by real examples of %d", samples.Cols, real.Cols)
	}
	if err := errors.Join(finite("real examples", real), finite("samples", samples)); err != nil {
		return PrecisionRecall{}, err
	}
	before := 0
	part := func(points, data kernels.Matrix) func(done int) {
		start := before
		before += points.Rows * data.Rows
		return func(done int) {
			if progress != nil {
				progress(start + done*points.Rows)
			}
		}
	}
	covered := func(points, data kernels.Matrix) (float64, error) {
		d, err := newDistances(points, model.Rows{Matrix: points}, model.Rows{Matrix: data})
		if err != nil {
			return 0, err
		}
		radii, err := d.neighbourSquares(ctx, e, points, k, part(points, points))
		if err != nil {
			return 0, err
		}
		return d.covered(ctx, e, radii, data, part(points, data))
	}
	precision, err := covered(real, samples)
	if err != nil {
		return PrecisionRecall{}, err
	}
	recall, err := covered(samples, real)
	if err != nil {
		return PrecisionRecall{}, err
	}
	return PrecisionRecall{precision, recall}, nil
}

// neighbourSquares is the squared distance from each point to its k-th nearest
// other one. The points are the rows of m.
func (d *distances) neighbourSquares(ctx context.Context, e *kernels.Engine, m kernels.Matrix, k int, progress func(done int)) ([]float32, error) {
	radii := make([]float32, m.Rows)
	err := d.each(ctx, e, model.Rows{Matrix: m}, progress, func(i int, square []float32) {
		square[i] = float32(math.Inf(1))
		radii[i] = kthSmallest(square, k)
	})
	return radii, err
}

// kthSmallest is the k-th smallest of x, from 1, for a small k.
func kthSmallest(x []float32, k int) float32 {
	few := slices.Clone(x[:k])
	slices.Sort(few)
	for _, v := range x[k:] {
		if v >= few[k-1] {
			continue
		}
		at, _ := slices.BinarySearch(few, v)
		copy(few[at+1:], few[at:])
		few[at] = v
	}
	return few[k-1]
}

// covered is the share of the rows of data that lie within the radius, given
// squared, of any point.
func (d *distances) covered(ctx context.Context, e *kernels.Engine, radii []float32, data kernels.Matrix, progress func(done int)) (float64, error) {
	inside := make([]int, data.Rows) // 1 or 0
	err := d.each(ctx, e, model.Rows{Matrix: data}, progress, func(i int, square []float32) {
		for j, s := range square {
			if s <= radii[j] {
				inside[i] = 1
				return
			}
		}
	})
	count := 0
	for _, in := range inside {
		count += in
	}
	return float64(count) / float64(data.Rows), err
}

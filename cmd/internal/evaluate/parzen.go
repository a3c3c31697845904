// Package evaluate measures samples by the published protocol: what is
// measured, and how.
package evaluate

import (
	"context"
	"math"

	"github.com/targetprop/targetprop/cmd/internal/data"
	"github.com/targetprop/targetprop/dataset"
	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model"
	"github.com/targetprop/targetprop/model/measure"
)

// ParzenNote is what a reader of the numbers must know.
const ParzenNote = "The Parzen estimate is a poor measure of generative models (Theis, van den Oord and Bethge 2015, arXiv 1511.01844). " +
	"Read a model's figure against the references: no samples could be better than true training images, " +
	"and k-means centres, which generate nothing, can score far above them."

// validImages choose sigma; see measure.EstimateParzen.
const validImages = 1000

// ValidImages is the number of validation images that choose sigma.
func ValidImages(set dataset.Set) int { return min(set.Valid.Len(), validImages) }

// Parzen is the log-likelihood of the test images under a Gaussian window on the
// samples, its width chosen on validation images. It is model.ErrDiverged if
// samples or result are not finite. progress may be nil; it counts test images.
func Parzen(ctx context.Context, e *kernels.Engine, samples kernels.Matrix, set dataset.Set, progress func(done int), opts ...measure.Option) (measure.Parzen, error) {
	if !data.Finite(samples) {
		return measure.Parzen{}, model.ErrDiverged
	}
	p, err := measure.EstimateParzen(ctx, e, samples, set.Valid, set.Test, progress, opts...)
	if err != nil {
		return p, err
	}
	if bad := p.Mean + p.StdErr; math.IsNaN(bad) || math.IsInf(bad, 0) {
		return p, model.ErrDiverged
	}
	return p, nil
}

package measure

import (
	"cmp"
	"context"
	"fmt"
	"math"

	"github.com/targetprop/targetprop/internal/memory"
	"github.com/targetprop/targetprop/internal/simd/f64"
	"github.com/targetprop/targetprop/internal/stat"
	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model"
	"github.com/targetprop/targetprop/model/internal/ranks"
	"github.com/targetprop/targetprop/model/internal/rows"
)

// Parzen is the log-likelihood of a test set under a Gaussian window on samples
// of a model. Breuleux et al. (2011) and the papers after it compare generative
// models by it. It is known to be poor (Theis et al. 2015).
type Parzen struct {
	Mean, StdErr float64 // log-likelihood per test image, in nats
	Sigma        float64 // width of the window, chosen on validation images
}

// Exponentials, logarithms and powers of package math differ between architectures in their
// last digits. Those here do not.

// ParzenSigmas is the first grid of window widths: ten from 0.1 to 1, evenly
// spaced in their logarithms.
func ParzenSigmas() []float64 {
	return []float64{
		0.1, 0.1291549665014884, 0.1668100537200059, 0.2154434690031884, 0.2782559402207125,
		0.3593813663804628, 0.46415888336127786, 0.599484250318941, 0.774263682681127, 1,
	}
}

// sigmasAround are 21 widths, from the one before best on that grid to the one after.
func sigmasAround(best float64) []float64 {
	grid := make([]float64, 21)
	for i := range grid {
		grid[i] = best * f64.Exp(float64(i-10)/90*math.Ln10)
	}
	return grid
}

// validationImages is how many validation images choose the window's width.
const validationImages = 1000

// EstimateParzen measures samples, one a row, by the published protocol. The
// window's width is the one under which the first 1,000 validation images are
// likeliest, first of [ParzenSigmas] and then of a grid ten times as fine round
// the best of those. They are for values from about 0 to 1: a Sigma below 0.1 or above 1 says that no
// width there is the best, and that the estimate means little. EstimateParzen calls progress, if that is not nil, with the
// number of test images done.
func EstimateParzen(ctx context.Context, e *kernels.Engine, samples kernels.Matrix, valid, test model.Data, progress func(done int), opts ...Option) (Parzen, error) {
	group, err := in(opts)
	if err != nil {
		return Parzen{}, err
	}
	window := parzenWindow{engine: e, group: group}
	var few prefix
	err = ranks.All(group, model.ErrDiverged, func() (err error) {
		fixedValid, errValid := rows.Fix(valid)
		fixedTest, errTest := rows.Fix(test)
		if err := cmp.Or(errValid, errTest); err != nil {
			return err
		}
		if err := checkParzen(samples, fixedValid, fixedTest); err != nil {
			return err
		}
		few, test = prefix{fixedValid, min(validationImages, fixedValid.Len())}, fixedTest
		window.samples, err = newDistances(samples, few, test)
		return err
	})
	if err != nil {
		return Parzen{}, err
	}
	best, err := window.bestSigma(ctx, few, ParzenSigmas())
	if err != nil {
		return Parzen{}, err
	}
	best, err = window.bestSigma(ctx, few, sigmasAround(best))
	if err != nil {
		return Parzen{}, err
	}
	lls, err := window.logLikelihoods(ctx, test, []float64{best}, progress)
	if err != nil {
		return Parzen{}, err
	}
	p := Parzen{Sigma: best}
	p.Mean, p.StdErr = stat.MeanError(lls[0])
	return p, nil
}

// checkParzen says what is wrong with the arguments of [EstimateParzen], if anything is.
func checkParzen(samples kernels.Matrix, valid, test model.Data) error {
	if samples.Rows < 1 || valid.Len() < 1 || test.Len() < 2 {
		return fmt.Errorf("model: Parzen estimate of %d samples with %d validation and %d test images: want at least 1, 1 and 2", samples.Rows, valid.Len(), test.Len())
	}
	if valid.Dim() != samples.Cols || test.Dim() != samples.Cols {
		return fmt.Errorf("model: Parzen estimate of samples of %d numbers with images of %d and %d", samples.Cols, valid.Dim(), test.Dim())
	}
	if err := finite("samples", samples); err != nil {
		return fmt.Errorf("%w: %w", err, model.ErrDiverged)
	}
	return memory.Check(fmt.Sprintf("model: to hold the log-likelihoods of %d test images", test.Len()), 16*float64(test.Len()))
}

// parzenWindow measures examples against samples, in a group of processes.
type parzenWindow struct {
	samples *distances
	engine  *kernels.Engine
	group   ranks.Group
}

// prefix is the first n examples of a [model.Data].
type prefix struct {
	model.Data
	n int
}

func (p prefix) Len() int { return p.n }

// Fetch is that of all.
func (p prefix) Fetch(examples []int) error { return rows.Fetch(p.Data, examples) }

// bestSigma is the width under which the data are likeliest.
func (p parzenWindow) bestSigma(ctx context.Context, data model.Data, sigmas []float64) (float64, error) {
	lls, err := p.logLikelihoods(ctx, data, sigmas, nil)
	if err != nil {
		return 0, err
	}
	best, bestMean := sigmas[0], math.Inf(-1)
	for i, ll := range lls {
		if mean, _ := stat.MeanError(ll); mean > bestMean {
			best, bestMean = sigmas[i], mean
		}
	}
	return best, nil
}

// logLikelihoods are, for each width and each example t,
//
//	log mean over samples s of exp(-|t-s|^2 / (2 sigma^2)) - D log(sigma sqrt(2 pi)).
func (p parzenWindow) logLikelihoods(ctx context.Context, data model.Data, sigmas []float64, progress func(done int)) ([][]float64, error) {
	widths, size := len(sigmas), p.group.Size()
	found := make([]float64, data.Len()*widths) // of an example all widths, then of the next
	dim := float64(data.Dim())
	serial := p.engine.Serial()
	work := ranks.Work{Group: p.group, Progress: progress, Gather: func(first int, bounds []int) error {
		return ranks.Gather(p.group, found[first*widths:][:bounds[size]*widths], ranks.Scaled(bounds, widths))
	}}
	err := p.samples.share(ctx, p.engine, work, data, func(t int, square []float32) {
		nearest := float32(math.Inf(1))
		for _, s := range square {
			nearest = min(nearest, s)
		}
		exponents := make([]float32, len(square))
		for k, sigma := range sigmas {
			// Relative to the nearest sample, so that the sum neither
			// overflows nor vanishes.
			scale := float32(-1 / (2 * sigma * sigma))
			for i, s := range square {
				exponents[i] = (s - nearest) * scale
			}
			serial.Exp(exponents, exponents)
			var sum float64
			for _, x := range exponents {
				sum += float64(x)
			}
			found[t*widths+k] = f64.Log(sum/float64(len(square))) - float64(nearest)/(2*sigma*sigma) - float64(dim*f64.Log(sigma*math.Sqrt(2*math.Pi)))
		}
	})
	if err != nil {
		return nil, err
	}
	lls := make([][]float64, widths)
	for k := range lls {
		for t := range data.Len() {
			lls[k] = append(lls[k], found[t*widths+k])
		}
	}
	return lls, nil
}

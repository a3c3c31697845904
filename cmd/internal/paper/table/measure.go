package table

import (
	"context"

	"github.com/targetprop/targetprop/cmd/internal/data"
	"github.com/targetprop/targetprop/cmd/internal/evaluate"
	"github.com/targetprop/targetprop/cmd/internal/paper/experiment"
	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model/chain"
	"github.com/targetprop/targetprop/model/measure"
)

// result is what a row says.
type result struct {
	Samples     int      `json:"samples"`
	LL          float64  `json:"log_likelihood"`
	StdErr      float64  `json:"standard_error"`
	Sigma       float64  `json:"sigma"`
	TestImages  int      `json:"test_images"`
	ValidImages int      `json:"validation_images"`
	Quality     *quality `json:"quality,omitempty"`
}

// quality are measures of samples that mean more than a Parzen estimate.
type quality struct {
	Images         int     `json:"images"` // test images, and samples compared with them
	Precision      float64 `json:"precision"`
	Recall         float64 `json:"recall"`
	Copies         float64 `json:"near_copies"`
	Threshold      float64 `json:"near_copy_distance"`
	Median         float64 `json:"median_distance"`
	HeldOutMedian  float64 `json:"held_out_median_distance"`
	TrainingImages int     `json:"training_images"`
}

// measurer makes rows.
type measurer struct {
	c      *experiment.Context
	honest *measure.CopyThreshold // of the test images, once a row needs it
}

// measure draws the samples of a row and measures them.
func (m *measurer) measure(ctx context.Context, network int, s settings, progress func(float64)) (result, error) {
	samples, err := m.draw(ctx, network, s, progress)
	if err != nil {
		return result{}, err
	}
	set := m.c.Set
	p, err := evaluate.Parzen(ctx, m.c.Engine, samples, set, nil, measure.In(m.c.Group))
	if err != nil {
		return result{}, err
	}
	r := result{Samples: samples.Rows, LL: p.Mean, StdErr: p.StdErr, Sigma: p.Sigma, TestImages: set.Test.Len(), ValidImages: evaluate.ValidImages(set)}
	if s.WithQuality {
		r.Quality, err = m.quality(ctx, samples)
	}
	return r, err
}

// draw makes the samples.
func (m *measurer) draw(ctx context.Context, network int, s settings, progress func(float64)) (kernels.Matrix, error) {
	share := func(total int) func(int) {
		return func(done int) { progress(float64(done) / float64(max(total, 1))) }
	}
	e, from := m.c.Engine, m.c.Networks[network].Model
	switch {
	case s.Sampling == nil:
		return evaluate.Reference(ctx, e, s.Row, m.c.Set.Train, s.Samples, s.Seed, share(evaluate.KMeansRounds), measure.In(m.c.Group))
	case s.Walking == nil:
		return from.Generate(ctx, e, s.Samples, *s.Sampling, share(s.Samples))
	}
	start, err := from.Generate(ctx, e, s.Samples, *s.Sampling, nil)
	if err != nil {
		return start, err
	}
	walk, err := chain.Walk(ctx, e, from, start, *s.Walking, share(s.Samples*s.Walking.Steps))
	return walk.Last, err
}

// quality compares as many samples as test images with these, and all with the
// training images.
func (m *measurer) quality(ctx context.Context, samples kernels.Matrix) (*quality, error) {
	e, set := m.c.Engine, m.c.Set
	train := set.Train
	n := min(samples.Rows, set.Test.Len())
	pr, err := measure.EstimatePrecisionRecall(ctx, e, data.First(set.Test, n), samples.Slice(0, n), min(measure.PrecisionNeighbours, n-1), nil)
	if err != nil {
		return nil, err
	}
	if m.honest == nil {
		t, err := measure.EstimateCopyThreshold(ctx, e, train, set.Test, nil)
		if err != nil {
			return nil, err
		}
		m.honest = &t
	}
	c, err := measure.EstimateCopies(ctx, e, samples, train, *m.honest, nil)
	if err != nil {
		return nil, err
	}
	return &quality{
		Images: n, TrainingImages: set.Train.Len(), Precision: pr.Precision, Recall: pr.Recall,
		Copies: c.Share, Threshold: m.honest.Distance, Median: c.Median, HeldOutMedian: m.honest.Median,
	}, nil
}

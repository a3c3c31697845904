package main

import (
	"context"
	"fmt"
	"math"

	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model"
	"github.com/targetprop/targetprop/model/chain"
	"github.com/targetprop/targetprop/model/measure"
)

// The rows of the table that no sampler gives.
const (
	rowTraining = "training-images"
	rowKMeans   = "kmeans-centres"
)

// tableSettings are one row of the table.
type tableSettings struct {
	Row         string // a method of sampling, the name of a chain, or a reference
	Samples     int
	Sampling    *model.Sampling `json:",omitempty"` // of the samples, or of a chain's starts
	Walking     *chain.Walking  `json:",omitempty"`
	Seed        uint64
	WithQuality bool // whether to measure more than the log-likelihood
}

// tableResult is what a row says.
type tableResult struct {
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

// priorScales are the factors on the prior's standard deviation: of the
// authors' code and of the paper.
var priorScales = []float32{4, 2}

// tableParts are the rows for a network: all of them for the first, those of
// the published numbers for the others.
func (r *reproduction) tableParts(seed int) []part {
	var parts []part
	add := func(s tableSettings, model, work int) {
		s.Samples, s.Seed, s.WithQuality = r.amounts.samples, r.seeds[seed].seed, seed == 0
		name := "table-" + s.Row
		if s.Sampling != nil {
			s.Sampling.Seed = s.Seed
			name += fmt.Sprintf("-x%g", s.Sampling.PriorScale)
		}
		if s.Walking != nil {
			s.Walking.Seed = s.Seed
		}
		parts = append(parts, part{
			name: fmt.Sprintf("%s-seed%d", name, s.Seed), group: groupTable, seed: model, settings: s, work: work + s.Samples,
			command: r.partCommand(groupTable),
			run: func(ctx context.Context, progress func(float64)) (outcome, error) {
				result, err := r.runRow(ctx, seed, s, func(done float64) { progress(done * float64(work) / float64(work+s.Samples)) })
				return outcome{result: result}, err
			},
		})
	}
	n := r.amounts.samples
	for _, scale := range priorScales {
		directed, generate := model.DirectedSampling(), model.DefaultSampling()
		directed.PriorScale, generate.PriorScale = scale, scale
		add(tableSettings{Row: methodGenerate, Sampling: &generate}, seed, n*generate.Rounds)
		add(tableSettings{Row: methodDirected, Sampling: &directed}, seed, n/10)
		if seed > 0 {
			continue
		}
		for _, kind := range []chain.Kind{chain.Joint, chain.Latent} {
			start, walking := directed, r.walking(kind)
			walking.Paths = 0
			work := n * walking.Steps
			if kind == chain.Joint {
				work /= 10
			}
			add(tableSettings{Row: kind.String(), Sampling: &start, Walking: &walking}, seed, work)
		}
	}
	if seed == 0 {
		add(tableSettings{Row: rowTraining}, noModel, 0)
		add(tableSettings{Row: rowKMeans}, noModel, n)
	}
	return parts
}

// runRow draws the samples of a row and measures them.
func (r *reproduction) runRow(ctx context.Context, seed int, s tableSettings, progress func(float64)) (tableResult, error) {
	samples, err := r.draw(ctx, seed, s, progress)
	if err != nil {
		return tableResult{}, err
	}
	if !finite(samples) {
		return tableResult{}, model.ErrDiverged
	}
	p, err := measure.EstimateParzen(ctx, r.engine, samples, images{r.set.Valid}, images{r.set.Test}, nil)
	if err != nil {
		return tableResult{}, err
	}
	if bad := p.Mean + p.StdErr; math.IsNaN(bad) || math.IsInf(bad, 0) {
		return tableResult{}, model.ErrDiverged
	}
	result := tableResult{Samples: samples.Rows, LL: p.Mean, StdErr: p.StdErr, Sigma: p.Sigma, TestImages: r.set.Test.Len(), ValidImages: min(r.set.Valid.Len(), 1000)}
	if s.WithQuality {
		result.Quality, err = r.measureQuality(ctx, samples)
	}
	return result, err
}

// draw makes the samples.
func (r *reproduction) draw(ctx context.Context, seed int, s tableSettings, progress func(float64)) (kernels.Matrix, error) {
	train, network := images{r.set.Train}, r.seeds[seed].network
	share := func(total int) func(int) {
		return func(done int) { progress(float64(done) / float64(max(total, 1))) }
	}
	switch {
	case s.Row == rowTraining:
		return measure.Sample(train, s.Samples, s.Seed), nil
	case s.Row == rowKMeans:
		return measure.KMeans(ctx, r.engine, train, max(1, min(s.Samples, train.Len()/5)), kmeansRounds, s.Seed, share(kmeansRounds))
	case s.Walking == nil:
		return network.Generate(ctx, r.engine, s.Samples, *s.Sampling, share(s.Samples))
	}
	start, err := network.Generate(ctx, r.engine, s.Samples, *s.Sampling, nil)
	if err != nil {
		return start, err
	}
	walk, err := chain.Walk(ctx, r.engine, network, start, *s.Walking, share(s.Samples*s.Walking.Steps))
	return walk.Last, err
}

// measureQuality compares as many samples as test images with these, and all
// with the training images.
func (r *reproduction) measureQuality(ctx context.Context, samples kernels.Matrix) (*quality, error) {
	n := min(samples.Rows, r.set.Test.Len())
	q := &quality{Images: n, TrainingImages: r.set.Train.Len()}
	real := kernels.NewMatrix(n, r.set.Test.Dim())
	for i := range n {
		images{r.set.Test}.Read(i, real.Row(i))
	}
	pr, err := measure.EstimatePrecisionRecall(ctx, r.engine, real, samples.Slice(0, n), min(measure.PrecisionNeighbours, n-1), nil)
	if err != nil {
		return nil, err
	}
	if r.honest == nil {
		t, err := measure.EstimateCopyThreshold(ctx, r.engine, images{r.set.Train}, images{r.set.Test}, nil)
		if err != nil {
			return nil, err
		}
		r.honest = &t
	}
	c, err := measure.EstimateCopies(ctx, r.engine, samples, images{r.set.Train}, *r.honest, nil)
	if err != nil {
		return nil, err
	}
	q.Precision, q.Recall = pr.Precision, pr.Recall
	q.Copies, q.Threshold, q.Median, q.HeldOutMedian = c.Share, r.honest.Distance, c.Median, r.honest.Median
	return q, nil
}

// distance is the Euclidean distance of two images.
func distance(a, b []float32) float64 {
	var square float64
	for j, v := range a {
		d := float64(v) - float64(b[j])
		square += d * d
	}
	return math.Sqrt(square)
}

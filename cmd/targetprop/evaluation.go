package main

import (
	"context"
	"fmt"
	"io"
	"math"

	"github.com/targetprop/targetprop/dataset"
	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model"
	"github.com/targetprop/targetprop/model/measure"
)

// kmeansRounds of Lloyd's algorithm: the score hardly changes after a few.
const kmeansRounds = 5

// evaluation is the work of eval.
type evaluation struct {
	engine  *kernels.Engine
	network *model.Network
	set     dataset.Set
	options evalOptions
	stderr  io.Writer
}

// checkData finds out before hours of sampling whether the data will do.
func (e *evaluation) checkData() error {
	s, units := e.set, e.network.Config.Sizes[0]
	if s.Test.Dim() != units {
		return fmt.Errorf("%s has images of %d x %d = %d pixels, the model %s makes images of %d", e.options.data, s.Test.Width, s.Test.Height, s.Test.Dim(), e.options.model, units)
	}
	if s.Train.Len() < 1 || s.Valid.Len() < 1 || s.Test.Len() < 2 {
		return fmt.Errorf("%s has %d training, %d validation and %d test images: want at least 1, 1 and 2", e.options.data, s.Train.Len(), s.Valid.Len(), s.Test.Len())
	}
	return nil
}

// candidates are what is measured: the model's samples by the two methods, at
// the two scales of the prior, and the references.
func (e *evaluation) candidates() []candidate {
	var all []candidate
	for _, method := range []string{methodGenerate, methodDirected} {
		for _, scale := range []float32{4, 2} {
			all = append(all, candidate{
				reportRow: reportRow{Name: fmt.Sprintf("%s-x%v", method, scale), Method: method, PriorScale: scale},
				draw: func(ctx context.Context, b *bar) (kernels.Matrix, error) {
					sampling := model.DefaultSampling()
					if method == methodDirected {
						sampling = model.DirectedSampling()
					}
					sampling.Seed, sampling.PriorScale = e.options.seed, scale
					return e.network.Generate(ctx, e.engine, e.options.samples, sampling, b.set)
				},
				work: e.options.samples, unit: "images",
			})
		}
	}
	train := images{e.set.Train}
	centres := max(1, min(e.options.samples, train.Len()/5))
	return append(all,
		candidate{
			reportRow: reportRow{Name: "training-images", Reference: true},
			draw: func(context.Context, *bar) (kernels.Matrix, error) {
				return measure.Sample(train, e.options.samples, e.options.seed), nil
			},
		},
		candidate{
			reportRow: reportRow{Name: "kmeans-centres", Reference: true},
			draw: func(ctx context.Context, b *bar) (kernels.Matrix, error) {
				return measure.KMeans(ctx, e.engine, train, centres, kmeansRounds, e.options.seed, b.set)
			},
			work: kmeansRounds, unit: "rounds",
		})
}

// candidate is a row to be and the way to its samples.
type candidate struct {
	reportRow
	draw func(ctx context.Context, b *bar) (kernels.Matrix, error)
	work int // in units, for the progress bar
	unit string
}

// report measures all candidates.
func (e *evaluation) report(ctx context.Context) (report, error) {
	r := report{
		Model: e.options.model, Data: dataName(e.options.data), Seed: e.options.seed, Note: parzenNote,
		ValidationImages: min(e.set.Valid.Len(), 1000), TestImages: e.set.Test.Len(),
	}
	for _, c := range e.candidates() {
		row, err := e.measure(ctx, c)
		if err != nil {
			return report{}, err
		}
		r.Rows = append(r.Rows, row)
	}
	return r, nil
}

func (e *evaluation) measure(ctx context.Context, c candidate) (reportRow, error) {
	b := newBar(e.stderr, c.Name, c.unit, int64(c.work))
	samples, err := c.draw(ctx, b)
	b.clear()
	if err != nil {
		return reportRow{}, err
	}
	b = newBar(e.stderr, c.Name+", test", "images", int64(e.set.Test.Len()))
	p, err := measure.EstimateParzen(ctx, e.engine, samples, images{e.set.Valid}, images{e.set.Test}, b.set)
	b.clear()
	if err != nil {
		return reportRow{}, err
	}
	if bad := p.Mean + p.StdErr; math.IsNaN(bad) || math.IsInf(bad, 0) {
		return reportRow{}, fmt.Errorf("%s: the log-likelihood of %s is not a finite number: the model has diverged", e.options.model, c.Name)
	}
	row := c.reportRow
	row.Samples, row.LL, row.StdErr, row.Sigma = samples.Rows, p.Mean, p.StdErr, p.Sigma
	return row, nil
}

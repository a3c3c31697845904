package evaluate

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/targetprop/targetprop/cmd/internal/cli"
	"github.com/targetprop/targetprop/cmd/internal/data"
	"github.com/targetprop/targetprop/cmd/internal/modelfile"
	"github.com/targetprop/targetprop/dataset"
	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model"
	"github.com/targetprop/targetprop/model/measure"
)

// Evaluation measures samples of a model beside the references.
type Evaluation struct {
	Model    modelfile.Model
	Digest   string // of its file, when it was read
	Source   string // of the data
	Set      dataset.Set
	Samples  int
	Seed     uint64
	First    *Report     // with the same samples and seed, whose references serve if its data are the same; or nil
	Group    model.Group // of processes that measure together, or nil
	Engine   *kernels.Engine
	Progress io.Writer // where bars and notes are
}

// Report measures all candidates.
func (e *Evaluation) Report(ctx context.Context) (Report, error) {
	r := Report{
		Model: e.Model.Path, ModelDigest: e.Digest, Data: data.Name(e.Source), Seed: e.Seed, Note: ParzenNote,
		Images: data.DigestOfAll(e.Set), Range: data.RangeDigest(e.Set.Test),
		ValidationImages: ValidImages(e.Set), TestImages: e.Set.Test.Len(),
	}
	var known []Row
	if e.First != nil {
		if apart := r.Apart(*e.First); apart != "" {
			fmt.Fprintf(e.Progress, "targetprop: note: %s\n", cli.Plain(apart))
		} else {
			known = e.First.Rows
		}
	}
	for _, c := range e.candidates() {
		if i := slices.IndexFunc(known, func(r Row) bool { return c.Reference && r.Name == c.Name }); i >= 0 {
			r.Rows = append(r.Rows, known[i])
			continue
		}
		row, err := e.measure(ctx, c)
		if err != nil {
			return Report{}, err
		}
		r.Rows = append(r.Rows, row)
	}
	return r, nil
}

// candidate is a row to be and the way to its samples.
type candidate struct {
	Row
	draw func(ctx context.Context, progress func(done int)) (kernels.Matrix, error)
	work int // in units, for the progress bar
	unit string
}

// candidates are the model's samples by the two methods, at the two scales of
// the prior, and the references.
func (e *Evaluation) candidates() []candidate {
	var all []candidate
	for _, method := range []string{Generate, Directed} {
		for _, scale := range PriorScales {
			all = append(all, candidate{
				Row: Row{Name: fmt.Sprintf("%s-x%v", method, scale), Method: method, PriorScale: scale},
				draw: func(ctx context.Context, progress func(int)) (kernels.Matrix, error) {
					return e.Model.Network.Generate(ctx, e.Engine, e.Samples, Sampling(method, scale, e.Seed), progress)
				},
				work: e.Samples, unit: "images",
			})
		}
	}
	reference := func(name string, work int) candidate {
		return candidate{
			Row: Row{Name: name, Reference: true},
			draw: func(ctx context.Context, progress func(int)) (kernels.Matrix, error) {
				return Reference(ctx, e.Engine, name, e.Set.Train, e.Samples, e.Seed, progress, measure.In(e.Group))
			},
			work: work, unit: "rounds",
		}
	}
	return append(all, reference(TrainingImages, 0), reference(KMeansCentres, KMeansRounds))
}

func (e *Evaluation) measure(ctx context.Context, c candidate) (Row, error) {
	bar := cli.NewBar(e.Progress, c.Name, c.unit, int64(c.work))
	samples, err := c.draw(ctx, bar.Set)
	bar.Clear()
	if err != nil {
		return Row{}, err
	}
	bar = cli.NewBar(e.Progress, c.Name+", test", "images", int64(e.Set.Test.Len()))
	p, err := Parzen(ctx, e.Engine, samples, e.Set, bar.Set, measure.In(e.Group))
	bar.Clear()
	if errors.Is(err, model.ErrDiverged) {
		return Row{}, fmt.Errorf("%s: %s or their log-likelihood are not finite numbers: the model has diverged", e.Model.Path, c.Name)
	}
	if err != nil {
		return Row{}, err
	}
	row := c.Row
	row.Samples, row.LL, row.StdErr, row.Sigma = samples.Rows, p.Mean, p.StdErr, p.Sigma
	return row, nil
}

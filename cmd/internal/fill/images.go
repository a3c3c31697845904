// Package fill fills in missing pixels of test images, by a model and by the
// baselines, and compares them.
package fill

import (
	"context"

	"github.com/targetprop/targetprop/cmd/internal/data"
	"github.com/targetprop/targetprop/dataset"
	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model"
	"github.com/targetprop/targetprop/model/labelled"
	"github.com/targetprop/targetprop/model/mask"
	"github.com/targetprop/targetprop/model/measure"
)

// The ways to fill in.
const (
	ByModel   = "model"
	ByMean    = "pixel-mean"
	ByNearest = "nearest-neighbour"
)

// Row is the error of one way to fill in. The JSON names are a promise to users.
type Row struct {
	Name   string  `json:"name"`
	Error  float64 `json:"mean_squared_error"` // of the missing pixels, which run from 0 to 1
	StdErr float64 `json:"standard_error"`     // over images
}

// Images are images whose missing pixels were filled in.
type Images struct {
	Original, Start, Result kernels.Matrix
	Missing                 float64 // pixels, mean for an image
	Rows                    []Row
}

// Filler fills in missing pixels by a model. It calls progress with the rounds done,
// of images.Rows*Rounds.
type Filler func(ctx context.Context, e *kernels.Engine, images kernels.Matrix, masks []mask.Mask, progress func(done int)) (model.Filled, error)

// By fills in by a model without labels.
func By(n *model.Network, settings model.Filling) Filler {
	return func(ctx context.Context, e *kernels.Engine, images kernels.Matrix, masks []mask.Mask, progress func(int)) (model.Filled, error) {
		return n.Fill(ctx, e, images, masks, settings, progress)
	}
}

// ByLabelled fills in by a model with labels, all of which are missing.
func ByLabelled(n *labelled.Network, settings labelled.Filling) Filler {
	return func(ctx context.Context, e *kernels.Engine, images kernels.Matrix, masks []mask.Mask, progress func(int)) (model.Filled, error) {
		f, err := n.Fill(ctx, e, images, masks, nil, settings, progress)
		return model.Filled{Start: f.Start, Images: f.Images}, err
	}
}

// Fill fills in the first n test images by a model and the baselines.
func Fill(ctx context.Context, e *kernels.Engine, by Filler, set dataset.Set, n int, masks []mask.Mask, progress func(done int)) (Images, error) {
	f := Images{Original: data.First(set.Test, n)}
	for _, m := range masks {
		f.Missing += float64(m.Missing()) / float64(len(masks))
	}
	filled, err := by(ctx, e, f.Original, masks, progress)
	if err != nil {
		return f, err
	}
	f.Start, f.Result = filled.Start, filled.Images
	train := set.Train
	mean, err := measure.MeanFill(train, f.Original, masks)
	if err != nil {
		return f, err
	}
	nearest, err := measure.NearestFill(ctx, e, train, f.Original, masks, nil)
	if err != nil {
		return f, err
	}
	for _, m := range []kernels.Matrix{f.Original, f.Start, f.Result, mean, nearest} {
		for i := range m.Rows {
			set.Test.Scale.Show(m.Row(i))
		}
	}
	for _, way := range []struct {
		name   string
		filled kernels.Matrix
	}{{ByModel, f.Result}, {ByMean, mean}, {ByNearest, nearest}} {
		row := Row{Name: way.name}
		if row.Error, row.StdErr, err = measure.FillError(f.Original, way.filled, masks); err != nil {
			return f, err
		}
		f.Rows = append(f.Rows, row)
	}
	return f, nil
}

package model

import (
	"context"
	"math"

	"github.com/targetprop/targetprop/kernels"
)

// Prior is the diagonal Gaussian p(h[M]).
type Prior struct {
	Mean, Std []float32
}

// inferenceChunk is the number of examples that EstimatePrior and Generate
// infer at a time: enough to fill the tiles of every thread, few enough to stay
// in the cache.
const inferenceChunk = 200

// EstimatePrior sets the prior to the mean and standard deviation of each
// unit of h[M], inferred for all examples of data. It calls progress, if that is
// not nil, with the number of examples done.
func (n *Network) EstimatePrior(ctx context.Context, e *kernels.Engine, data Data, settings Inference, progress func(done int)) error {
	units := n.Config.Sizes[n.Config.Latents()]
	top := kernels.NewMatrix(data.Len(), units)
	for first := 0; first < data.Len(); first += inferenceChunk {
		if err := ctx.Err(); err != nil {
			return err
		}
		b := min(inferenceChunk, data.Len()-first)
		s := n.NewStates(b)
		for i := range b {
			data.Read(first+i, s.H[0].Row(i))
		}
		n.Infer(e, s, settings)
		for i := range b {
			copy(top.Row(first+i), s.H[n.Config.Latents()].Row(i))
		}
		if progress != nil {
			progress(first + b)
		}
	}
	n.Prior = moments(top)
	return nil
}

// moments are the mean and the standard deviation of each column.
func moments(m kernels.Matrix) Prior {
	mean, square := make([]float64, m.Cols), make([]float64, m.Cols)
	for i := range m.Rows {
		for j, x := range m.Row(i) {
			mean[j] += float64(x)
		}
	}
	for j := range mean {
		mean[j] /= float64(m.Rows)
	}
	for i := range m.Rows {
		for j, x := range m.Row(i) {
			d := float64(x) - mean[j]
			square[j] += float64(d * d)
		}
	}
	p := Prior{Mean: make([]float32, m.Cols), Std: make([]float32, m.Cols)}
	for j := range mean {
		p.Mean[j] = float32(mean[j])
		p.Std[j] = float32(math.Sqrt(square[j] / float64(m.Rows)))
	}
	return p
}

package model

import (
	"context"
	"fmt"

	"github.com/targetprop/targetprop/kernels"
)

// Features are the states of layer l that INFERENCE finds for all examples,
// data.Len() x Sizes[l]; layer 0 is the examples themselves. It calls progress,
// if that is not nil, with the number of examples done.
func (n *Network) Features(ctx context.Context, e *kernels.Engine, data Data, l int, settings Inference, progress func(done int)) (kernels.Matrix, error) {
	if l < 0 || l > n.Config.Latents() {
		return kernels.Matrix{}, fmt.Errorf("model: features of layer %d: want 0 to %d", l, n.Config.Latents())
	}
	if data.Dim() != n.Config.Sizes[0] {
		return kernels.Matrix{}, fmt.Errorf("model: examples of %d numbers for a visible layer of %d units", data.Dim(), n.Config.Sizes[0])
	}
	if err := settings.Validate(); err != nil {
		return kernels.Matrix{}, err
	}
	features := kernels.NewMatrix(data.Len(), n.Config.Sizes[l])
	for first := 0; first < data.Len(); first += inferenceChunk {
		if err := ctx.Err(); err != nil {
			return kernels.Matrix{}, err
		}
		b := min(inferenceChunk, data.Len()-first)
		s := n.NewStates(b)
		readRows(s.H[0], data, first)
		if l > 0 {
			n.Infer(e, s, settings)
		}
		copyRows(features, first, s.H[l])
		if progress != nil {
			progress(first + b)
		}
	}
	return features, nil
}

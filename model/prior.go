package model

import (
	"context"
	"errors"

	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model/internal/rows"
)

// Prior is the diagonal Gaussian p(h[M]).
type Prior struct {
	Mean, Std []float32
}

// ErrNoPrior is returned when a network without a prior is asked for what needs
// one.
var ErrNoPrior = errors.New("model: the network has no prior yet: train it to the end, or call EstimatePrior")

// EstimatePrior sets the prior to the mean and standard deviation of each
// unit of h[M], inferred for all examples of data. It calls progress, if that is
// not nil, with the number of examples done.
func (n *Network) EstimatePrior(ctx context.Context, e *kernels.Engine, data Data, settings Inference, progress func(done int)) error {
	top, err := n.Features(ctx, e, data, n.Config.Latents(), settings, progress)
	if err != nil {
		return err
	}
	n.Prior.Mean, n.Prior.Std = rows.Moments(top)
	return nil
}

package labelled

import (
	"context"
	"errors"
	"fmt"

	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model"
	"github.com/targetprop/targetprop/model/internal/health"
	"github.com/targetprop/targetprop/model/internal/rows"
)

// ErrNoPrior is returned when a network without priors is asked for what needs
// them.
var ErrNoPrior = errors.New("labelled: the network has no priors yet: train it to the end, or call EstimatePriors")

// EstimatePriors sets the prior of each class to the mean and standard deviation
// of each unit of h[M], inferred for the examples of data whose label is that
// class, with the label given. It sets the shares of the classes to those among
// the labels. It fails if a class has no example. It calls progress, if that is
// not nil, with the number of examples done.
func (n *Network) EstimatePriors(ctx context.Context, e *kernels.Engine, data Data, settings Inference, progress func(done int)) error {
	if err := settings.Validate(); err != nil {
		return err
	}
	if err := n.checkData(data); err != nil {
		return err
	}
	members, labelled := make([][]int, n.Config.Classes), 0
	for i := range data.Len() {
		if label := data.Label(i); label != Missing {
			members[label] = append(members[label], i)
			labelled++
		}
	}
	for c, examples := range members {
		if len(examples) == 0 {
			return fmt.Errorf("labelled: no example of class %d: its prior cannot be estimated", c)
		}
	}
	top := kernels.NewMatrix(data.Len(), n.Config.top())
	err := rows.Chunks(ctx, data.Len(), rows.Inferred, progress, func(lo, hi int) error {
		s := n.newStates(hi - lo)
		if err := rows.FetchRange(data, lo, hi); err != nil {
			return err
		}
		if err := rows.Read(s.H[0], data, lo); err != nil {
			return err
		}
		for i := range hi - lo {
			s.give(i, data.Label(lo+i))
		}
		if err := n.infer(ctx, e, s, settings, nil); err != nil {
			return err
		}
		rows.Copy(top, lo, s.H[n.Config.Latents()])
		return health.Computed("the states of the top layer of example", lo, s.H[n.Config.Latents()])
	})
	if err != nil {
		return err
	}
	var priors []model.Prior
	var shares []float32
	for _, examples := range members {
		of := kernels.NewMatrix(len(examples), top.Cols)
		for i, example := range examples {
			copy(of.Row(i), top.Row(example))
		}
		mean, std := rows.Moments(of)
		prior := model.Prior{Mean: mean, Std: std}
		if err := prior.Check(); err != nil {
			return err
		}
		priors, shares = append(priors, prior), append(shares, float32(float64(len(examples))/float64(labelled)))
	}
	n.Priors, n.Shares = priors, shares
	return nil
}

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
	data, err := n.checkData(data)
	if err != nil {
		return err
	}
	members, labelled := make([][]int, n.Config.Classes), 0
	for i := range data.Len() {
		label, err := n.labelOf(data, i)
		if err != nil {
			return err
		}
		if label != Missing {
			members[label] = append(members[label], i)
			labelled++
		}
	}
	for c, examples := range members {
		if len(examples) == 0 {
			return fmt.Errorf("labelled: no example of class %d: its prior cannot be estimated", c)
		}
	}
	var priors []model.Prior
	var shares []float32
	done := data.Len() - labelled
	for _, examples := range members {
		count := func(of, passes int) {
			if progress != nil {
				progress(done + of/passes)
			}
		}
		mean, std, err := n.topMoments(ctx, e, data, examples, settings, count)
		if err != nil {
			return err
		}
		prior := model.Prior{Mean: mean, Std: std}
		if err := prior.Check(); err != nil {
			return err
		}
		priors, shares = append(priors, prior), append(shares, float32(float64(len(examples))/float64(labelled)))
		done += len(examples)
	}
	n.Priors, n.Shares = priors, shares
	return nil
}

// keptStates is how many numbers of states of a class EstimatePriors keeps: 256 MB. Of more it makes those of some
// examples at a time, twice.
var keptStates = 1 << 26

// topMoments are those of the top layer over some examples, with their labels given. It calls count with the examples
// done, and how often they all are.
func (n *Network) topMoments(ctx context.Context, e *kernels.Engine, data Data, examples []int, settings Inference, count func(of, passes int)) (mean, std []float32, err error) {
	top := n.Config.top()
	each := func(passes, before int, visit func(states kernels.Matrix)) error {
		return rows.Chunks(ctx, len(examples), rows.Inferred, func(done int) { count(before+done, passes) }, func(lo, hi int) error {
			s := n.newStates(hi - lo)
			if err := rows.Fetch(data, examples[lo:hi]); err != nil {
				return err
			}
			for i, example := range examples[lo:hi] {
				data.Read(example, s.H[0].Row(i))
				if err := rows.CheckExample(example, s.H[0].Row(i)); err != nil {
					return err
				}
				label, err := n.labelOf(data, example)
				if err != nil {
					return err
				}
				s.give(i, label)
			}
			if err := n.infer(ctx, e, s, settings, nil); err != nil {
				return err
			}
			states := s.H[n.Config.Latents()]
			visit(states)
			for i, example := range examples[lo:hi] {
				if err := health.Computed("the states of the top layer of example", example, states.Slice(i, i+1)); err != nil {
					return err
				}
			}
			return nil
		})
	}
	if len(examples) > keptStates/top {
		before := 0
		return rows.MomentsOf(len(examples), top, func(visit func(kernels.Matrix)) error {
			err := each(2, before, visit)
			before += len(examples)
			return err
		})
	}
	kept, at := kernels.NewMatrix(len(examples), top), 0
	if err := each(1, 0, func(states kernels.Matrix) {
		rows.Copy(kept, at, states)
		at += states.Rows
	}); err != nil {
		return nil, nil, err
	}
	mean, std = rows.Moments(kept)
	return mean, std, nil
}
